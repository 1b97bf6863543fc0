import { expect, test } from 'vitest';
import { FileX } from 'lucide-react';
import { renderUi } from '#tests/support/browser-ui.ts';
import { Badge, type BadgeTone } from './Badge.tsx';

const TONES: readonly BadgeTone[] = ['block', 'risk', 'late', 'info'];

test.each(TONES)('a badge of the tone %s is a word beside an icon, in a colour of its own', async (tone) => {
  const screen = await renderUi(
    <>
      <Badge tone={tone} icon={<FileX size={12} aria-hidden />}>
        No consent
      </Badge>
      <p>No consent needed</p>
    </>,
  );
  const word = screen.getByText('No consent');
  await expect.element(word).toBeVisible();
  const badge = word.element().parentElement;
  expect(badge?.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  const plain = getComputedStyle(screen.getByText('No consent needed').element());
  expect(getComputedStyle(badge ?? document.body).backgroundColor).not.toBe(plain.backgroundColor);
});

test('four tones are four colours', async () => {
  const screen = await renderUi(
    <>
      {TONES.map((tone) => (
        <Badge key={tone} tone={tone} icon={null}>
          {tone}
        </Badge>
      ))}
    </>,
  );
  const colours = TONES.map((tone) => {
    const badge = screen.getByText(tone).element().parentElement;
    const { color, backgroundColor } = getComputedStyle(badge ?? document.body);
    return `${color} on ${backgroundColor}`;
  });
  expect(new Set(colours).size).toBe(TONES.length);
});

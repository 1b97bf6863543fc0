import { describe, expect, test } from 'vitest';
import { renderUi } from '#tests/support/browser-ui.ts';
import { PatientName } from './PatientName.tsx';

/** A name on a phone. */
function onPhone(surname: string, given: string) {
  return renderUi(
    <p style={{ width: '390px' }}>
      <PatientName name={{ surname, given, preferred: undefined }} />
    </p>,
  );
}

test('is the surname, then the given name', async () => {
  const screen = await onPhone('VAN DER BERG', 'Anna M.');
  await expect.element(screen.getByText('VAN DER BERG Anna M.')).toBeVisible();
});

describe('what a record may hold', () => {
  test('no name is said', async () => {
    const screen = await onPhone('', '');
    await expect.element(screen.getByText('Name missing')).toBeVisible();
  });

  test.each([
    ['OKAFOR', ''],
    ['', 'Sukarno'],
  ])('one part alone is all there is: %s%s', async (surname, given) => {
    const screen = await onPhone(surname, given);
    await expect.element(screen.getByText(`${surname}${given}`)).toBeVisible();
    expect(screen.container.innerText.trim()).toBe(`${surname}${given}`);
  });

  test('markup is text', async () => {
    const screen = await onPhone('<script>alert(1)</script>', '<b>Ada</b>');
    await expect.element(screen.getByText('<script>alert(1)</script> <b>Ada</b>')).toBeVisible();
    expect(screen.container.querySelectorAll('script, b')).toHaveLength(0);
  });

  test('each part of a name has its own direction, so that neither turns the other round', async () => {
    const screen = await onPhone('حداد', 'Omar (ע)');
    const direction = (text: string) => getComputedStyle(screen.getByText(text).element()).direction;
    expect([direction('حداد'), direction('Omar (ע)')]).toEqual(['rtl', 'ltr']);
  });

  test.each([
    ['one word', 'W'.repeat(400)],
    ['many words', 'Wolfeschlegelsteinhausen '.repeat(16).trim()],
    ['Arabic', 'عبدالرحمن'.repeat(45).slice(0, 400)],
  ])('400 characters stand there whole, in several lines: %s', async (_, text) => {
    const screen = await onPhone(text, 'Ada');
    const surname = screen.getByText(text);
    await expect.element(surname).toBeVisible();
    const box = surname.element().getBoundingClientRect();
    const paragraph = screen.getByRole('paragraph').element();
    expect(paragraph.scrollWidth).toBeLessThanOrEqual(390);
    expect(box.width).toBeLessThanOrEqual(390);
    expect(box.bottom).toBeLessThanOrEqual(paragraph.getBoundingClientRect().bottom + 1);
    expect(box.height).toBeGreaterThan(60);
  });
});

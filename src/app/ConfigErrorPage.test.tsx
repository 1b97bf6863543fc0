import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ConfigError, type ConfigProblem } from '#src/config/load-config.ts';
import { ConfigErrorPage } from './ConfigErrorPage.tsx';

const URL_OF_FILE = new URL('https://clinic.example/chairside/config.json');

const show = (kind: ConfigError['kind'], detail = 'detail', problems: readonly ConfigProblem[] = []) =>
  render(<ConfigErrorPage error={new ConfigError(kind, URL_OF_FILE, detail, problems)} />);

describe('each reason is a page of its own, with what to do next', () => {
  test.each([
    ['missing', 'The configuration is missing', 'The server answered 404', /config\.example\.json/],
    ['unreachable', 'The configuration could not be loaded', 'The server answered 503', /Check the network/],
    ['not-json', 'The configuration is not JSON', 'Unexpected token', /Correct the file/],
  ] as const)('%s', async (kind, title, detail, next) => {
    const screen = await show(kind, detail);
    await expect.element(screen.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await expect.element(screen.getByText(next)).toBeVisible();
    await expect.element(screen.getByText(`${URL_OF_FILE.href}: ${detail}`)).toBeVisible();
    await expect.element(screen.getByRole('table')).not.toBeInTheDocument();
    expect(document.title).toBe(`${title} · Chairside`);
  });
});

describe('mistakes in the file', () => {
  const PROBLEMS: readonly ConfigProblem[] = [
    { key: '', value: '[]', allowed: 'an object' },
    { key: 'clinic.openingHours[0].closes', value: '"25:00"', allowed: 'a time, 00:00 to 24:00' },
    { key: 'clinic.name', value: '"<img src=x onerror=alert(1)>"', allowed: 'text' },
    { key: 'clinic.name', value: '"<img src=x onerror=alert(1)>"', allowed: 'at most 60 letters' },
  ];

  test('are listed by key, value and what is allowed', async () => {
    const screen = await show('invalid', 'unused', PROBLEMS);
    await expect.element(screen.getByRole('row', { name: 'Key Value Allowed' })).toBeVisible();
    await expect.element(screen.getByRole('row', { name: 'the file [] an object' })).toBeVisible();
    await expect
      .element(
        screen.getByRole('row', { name: 'clinic.openingHours[0].closes "25:00" a time, 00:00 to 24:00' }),
      )
      .toBeVisible();
    expect(screen.getByRole('row').elements()).toHaveLength(5);
    await expect.element(screen.getByRole('img')).not.toBeInTheDocument();
  });

  test('fit on a phone', async () => {
    await page.viewport(390, 844);
    const long = {
      key: 'protocols[12].maintenance.interval'.repeat(4),
      value: '9'.repeat(60),
      allowed: 'x '.repeat(90),
    };
    const screen = await show('invalid', 'unused', [...PROBLEMS, long]);
    await expect.element(screen.getByRole('table')).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    await page.viewport(1280, 800);
  });
});

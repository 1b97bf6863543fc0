import { describe, expect, test } from 'vitest';
import { requireBrowser } from './browser-needs.ts';

const crypto = { subtle: {} };
const kept = new Map<string, string>();
const sessionStorage = {
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
const refuse = () => {
  throw new DOMException('Access is denied', 'SecurityError');
};

describe('a browser', () => {
  test('that can sign in and keep something for the tab will do, and nothing stays behind', () => {
    expect(() => requireBrowser({ crypto, sessionStorage })).not.toThrow();
    expect(kept.size).toBe(0);
  });

  test('on an insecure line will not', () => {
    expect(() => requireBrowser({ crypto: {}, sessionStorage })).toThrow(
      expect.objectContaining({ kind: 'insecure' }),
    );
  });

  test('that blocks storage will not', () => {
    const browser = {
      crypto,
      get sessionStorage(): typeof sessionStorage {
        return refuse();
      },
    };
    expect(() => requireBrowser(browser)).toThrow(expect.objectContaining({ kind: 'no-storage' }));
  });

  test('whose storage takes nothing will not', () => {
    const full = { ...sessionStorage, setItem: refuse };
    expect(() => requireBrowser({ crypto, sessionStorage: full })).toThrow(
      expect.objectContaining({ kind: 'no-storage' }),
    );
  });
});

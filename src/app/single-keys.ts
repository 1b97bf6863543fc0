const KEY = 'chairside.single-keys';

/** Whether keys without ⌘ or Ctrl are shortcuts; a choice of this browser. */
export function singleKeysOn(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

/** Switches the shortcuts that are one key on or off. */
export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, 'off');
}

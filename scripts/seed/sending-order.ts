/** In which order records can be sent so that what they refer to is there before them. */

/** What is sent at once: a single record, or records that refer to each other in a circle. */
export interface Group {
  readonly keys: readonly string[];
  readonly circular: boolean;
}

/** What each key refers to. */
export type Links = ReadonlyMap<string, readonly string[]>;

/** Waves of groups: all that a group refers to is in a wave before it, or in the group itself. */
export function wavesOf(links: Links): readonly (readonly Group[])[] {
  const waveOf = new Map<string, number>();
  const waves: Group[][] = [];
  // Tarjan's components come with what they refer to before them.
  for (const keys of componentsOf(links)) {
    const members = new Set(keys);
    const before = keys.flatMap((key) => (links.get(key) ?? []).filter((target) => !members.has(target)));
    const wave = before.reduce((latest, target) => Math.max(latest, (waveOf.get(target) ?? -1) + 1), 0);
    for (const key of keys) waveOf.set(key, wave);
    const circular = keys.some((key) => keys.length > 1 || links.get(key)?.includes(key));
    (waves[wave] ??= []).push({ keys, circular });
  }
  return waves;
}

/** Strongly connected components (Tarjan), without recursion: chains may be as long as the source. */
function componentsOf(links: Links): readonly (readonly string[])[] {
  const components: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const low = (key: string, other: number) =>
    lowest.set(key, Math.min(lowest.get(key) ?? Number.POSITIVE_INFINITY, other));

  for (const root of links.keys()) {
    if (order.has(root)) continue;
    const path: { readonly key: string; readonly targets: Iterator<string> }[] = [];
    const enter = (key: string) => {
      low(key, order.size);
      order.set(key, order.size);
      open.push(key);
      isOpen.add(key);
      path.push({ key, targets: (links.get(key) ?? [])[Symbol.iterator]() });
    };
    enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { key, targets } = step;
      const next = targets.next();
      if (next.done !== true) {
        const target = next.value;
        if (!links.has(target)) continue;
        if (!order.has(target)) enter(target);
        else if (isOpen.has(target)) low(key, order.get(target) ?? 0);
        continue;
      }
      path.pop();
      const own = lowest.get(key) ?? 0;
      const parent = path.at(-1);
      if (parent !== undefined) low(parent.key, own);
      if (own !== order.get(key)) continue;
      const component = open.splice(open.lastIndexOf(key));
      for (const member of component) isOpen.delete(member);
      components.push(component);
    }
  }
  return components;
}

/**
 * Opens the circles among some keys: for a few of them, those that most others refer to, which of their targets are
 * left out at first, so that the rest can follow in waves.
 */
export function opened(keys: readonly string[], links: Links): ReadonlyMap<string, readonly string[]> {
  const left = new Set(keys);
  const waiting = (key: string) => (links.get(key) ?? []).filter((target) => left.has(target));
  const cut = new Map<string, readonly string[]>();
  while (left.size > 0) {
    const free = [...left].filter((key) => waiting(key).length === 0);
    for (const key of free) left.delete(key);
    if (free.length > 0) continue;
    const wanted = new Map<string, number>();
    for (const key of left) {
      for (const target of waiting(key)) wanted.set(target, (wanted.get(target) ?? 0) + 1);
    }
    const [[hub] = ['']] = [...wanted].toSorted(([, one], [, other]) => other - one);
    cut.set(hub, waiting(hub));
    left.delete(hub);
  }
  return cut;
}

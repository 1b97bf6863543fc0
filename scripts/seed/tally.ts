/** What became of the records: counted by type, refusals by their reason. */

export type Fate =
  | { readonly kind: 'created' | 'existing' }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface Tally {
  /** The last fate of a place is the one that counts; what this run created stays created when it is found again. */
  count(type: string, place: string, fate: Fate): void;
  /** How many have a fate. */
  readonly done: number;
  readonly created: number;
  readonly rejected: number;
  /** For people: a table, then the reasons with how many and where. */
  report(seconds: number): string;
}

const EXAMPLES = 3;

/** `onCount` is called after each record, with how many there were. */
export function createTally(onCount: (done: number) => void = () => {}): Tally {
  const fates = new Map<string, { readonly type: string; readonly fate: Fate }>();
  const of = (kind: Fate['kind']) => [...fates.values()].filter(({ fate }) => fate.kind === kind).length;
  return {
    count(type, place, fate) {
      const before = fates.get(place)?.fate.kind;
      if (!(before === 'created' && fate.kind === 'existing')) fates.set(place, { type, fate });
      onCount(fates.size);
    },
    get done() {
      return fates.size;
    },
    get created() {
      return of('created');
    },
    get rejected() {
      return of('rejected');
    },
    report(seconds) {
      const ofType = Map.groupBy(fates.values(), ({ type }) => type);
      const rows = [...ofType].toSorted(([a], [b]) => (a < b ? -1 : 1));
      const line = (name: string, ...cells: readonly (string | number)[]) =>
        `${name.padEnd(26)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
      const row = (name: string, entries: readonly { readonly fate: Fate }[]) => {
        const counted = (kind: Fate['kind']) => entries.filter(({ fate }) => fate.kind === kind).length;
        return line(name, counted('created'), counted('existing'), counted('rejected'));
      };
      return [
        line('', 'created', 'existing', 'rejected'),
        ...rows.map(([type, entries]) => row(type, entries)),
        row('Together', [...fates.values()]),
        `in ${seconds.toFixed(1)} s`,
        ...reasons(fates),
      ].join('\n');
    },
  };
}

function reasons(fates: ReadonlyMap<string, { readonly fate: Fate }>): readonly string[] {
  const places = new Map<string, string[]>();
  for (const [place, { fate }] of fates) {
    if (fate.kind !== 'rejected') continue;
    places.set(fate.reason, [...(places.get(fate.reason) ?? []), place]);
  }
  const common = [...places].toSorted(([, one], [, other]) => other.length - one.length);
  return common.flatMap(([reason, all]) => [
    '',
    `${all.length} rejected: ${reason}`,
    `  ${all.slice(0, EXAMPLES).join(', ')}${all.length > EXAMPLES ? ', …' : ''}`,
  ]);
}

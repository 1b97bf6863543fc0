/** What the servers of a run need not be able to do, as a table for whoever reads the run. */

export interface AbilityRow {
  readonly profile: string;
  readonly name: string;
  /** Whether the server did it when it was asked. */
  readonly able: boolean;
  /** Whether the client asks it to. */
  readonly used: boolean;
  readonly fallback: string;
}

/** One line for each ability that is missing or not used; a sentence where there is none. */
export function abilityTable(rows: readonly AbilityRow[]): string {
  const lacking = rows.filter(({ able, used }) => !able || !used);
  if (lacking.length === 0) return 'Every optional ability is there, and used.';
  const lines = [
    ['server', 'ability', 'there', 'instead'],
    ...lacking.map(({ profile, name, able, fallback }) => [
      profile,
      name,
      able ? 'yes, not used' : 'no',
      fallback,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

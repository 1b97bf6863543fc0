/** Where a cell has nothing to show: a dash, so that it does not look forgotten, and for the ear why. */
export function NoValue({ reason }: { readonly reason?: string }) {
  if (reason === undefined) return '–';
  return (
    <>
      <span aria-hidden>–</span>
      <span className="cs-visually-hidden">{reason}</span>
    </>
  );
}

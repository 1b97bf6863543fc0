/** How many references one search, and how many entries one batch may carry. */
const CHUNK = 100;

/** How many requests run side by side where a batch is not possible. */
const PARALLEL = 6;

/** The items in their order, in portions of at most `size`. No items: no portion. */
export function inChunks<T>(items: readonly T[], size: number = CHUNK): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Works on the items, at most `PARALLEL` at a time; the results are in the order of the items. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  // One iterator for all workers: each takes the next item when it is free.
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}

/**
 * The results of a piece of work on each value, one after another. For what may ask the transaction: a connection takes one question at a
 * time, and of two that find no data key yet both would make one.
 */
export async function inTurn<V, R>(values: readonly V[], work: (value: V) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}

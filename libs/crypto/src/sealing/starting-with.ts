/**
 * What was taken from a stream already, and then the rest of it. Unlike a generator's, its `return` closes the source even when nothing was
 * asked of it yet: whoever turns away leaves no file open.
 */
export function startingWith<T>(taken: readonly T[], rest: AsyncIterator<T>): AsyncIterableIterator<T> {
  const first = [...taken];
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const [value] = first.splice(0, 1);
      return value === undefined ? rest.next() : { done: false, value };
    },
    async return() {
      first.length = 0;
      await rest.return?.();
      return { done: true, value: undefined };
    },
  };
}

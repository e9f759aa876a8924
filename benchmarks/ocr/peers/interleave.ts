/** Every item with every engine, one at a time; who begins moves on from item to item, so that noise and warmth favour nobody. */
export function* interleave<Item, Engine>(items: readonly Item[], engines: readonly Engine[]): Generator<[Item, Engine]> {
  for (const [index, item] of items.entries()) {
    const first = index % Math.max(1, engines.length);
    for (const engine of [...engines.slice(first), ...engines.slice(0, first)]) yield [item, engine];
  }
}

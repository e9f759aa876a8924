/** What runs the models. */
export type ExecutionProvider = 'cpu' | 'cuda';

/** Providers in the order in which they are tried. `['cuda']` alone demands the GPU: without it there is no engine. */
export type ProviderLadder = readonly ['cpu'] | readonly ['cuda', 'cpu'] | readonly ['cuda'];

const LADDERS = ['cpu', 'cuda,cpu', 'cuda'];

/** The ladder, CPU by default; throws `RangeError` for any other, since callers need not have a compiler. */
export function checkedLadder(ladder: ProviderLadder = ['cpu']): ProviderLadder {
  if (LADDERS.includes(ladder.join())) return ladder;
  throw new RangeError(`providers must be one of ${LADDERS.map((names) => `[${names}]`).join(' ')}, not [${ladder.join()}]`);
}

import type { Random } from '@app/samples';

/** One way of spoiling a file. `other` is another file, to take pieces from; null where the way does not apply to this file. */
export type Mutation = (bytes: Buffer, chance: Random, other: Buffer) => Buffer | null;

/** Ways of spoiling a file by their names. */
export type Mutations = Readonly<Record<string, Mutation>>;

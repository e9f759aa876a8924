import type { Tx } from '@app/database';
import type { Scope } from '@app/tenancy';

/** Knows how many persons of a tenant could be the second one. */
export abstract class Deciders {
  /** Active users of the transaction's tenant whose roles give all these scopes. */
  abstract count(tx: Tx, scopes: readonly Scope[]): Promise<number>;
}

/** An installation that has no users: its operator is alone. */
export class NoDeciders extends Deciders {
  count(): Promise<number> {
    return Promise.resolve(0);
  }
}

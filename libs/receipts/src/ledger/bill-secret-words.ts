/** The name of an item, and the number that only the tenant's key gives it. */
export interface ItemText {
  term: string;
  text: string;
}

/** What a bill is found by and nobody may read in the database. */
export interface BillSecretWords {
  items: readonly ItemText[];
  /** Numbers of the words of file names and vouchers. */
  names: readonly string[];
  /** Keyed hashes of the payer's name and credit code; null where they are not known, or masked. */
  payerHash: Buffer | null;
  payerCodeHash: Buffer | null;
}

/** Nothing of it. */
export const NO_SECRET_WORDS: BillSecretWords = { items: [], names: [], payerHash: null, payerCodeHash: null };

import type { BillFilter } from '@app/contracts';
import type { SearchWord } from './bill-words';

/** A word that a filter asks for, in the payee's name or anywhere, with what it is among what lies under the tenant's key. */
export interface WantedWord extends SearchWord {
  isPayee: boolean;
  /** Numbers of the items that hold it. */
  items: readonly string[];
  /** Numbers of what it is made of among the words of names; none where it can be no word of a name. */
  names: readonly string[];
}

/** A filter of bills; `payer` and `payerCreditCode` are whole and lie under the tenant's key. */
export interface AskedBills extends BillFilter {
  payer?: string | undefined;
  payerCreditCode?: string | undefined;
}

/** What a filter asks for, as the database can be asked for it. */
export interface WantedBills {
  filter: AskedBills;
  words: readonly WantedWord[];
  checkCodeHash: Buffer | null;
  payerHash: Buffer | null;
  payerCodeHash: Buffer | null;
}

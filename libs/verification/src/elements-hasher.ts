import type { Elements } from '@app/contracts';
import { installationHash } from '@app/crypto';

/** Keyed hashes of bills: equal bills are recognised without their elements standing in an index or a log. */
export class ElementsHasher {
  constructor(private readonly key: string) {}

  /** Of code and number: the bill, whatever else was claimed of it. Hexadecimal. */
  ofBill({ billCode, billNumber }: Pick<Elements, 'billCode' | 'billNumber'>): string {
    return this.digest('bill/1', billCode, billNumber);
  }

  /** Of all five elements: the identical question. Hexadecimal. */
  ofElements({ billCode, billNumber, checkCode, issueDate, totalAmount }: Elements): string {
    return this.digest('elements/1', billCode, billNumber, checkCode, issueDate, totalAmount);
  }

  /** Of a whole request, which may hold elements: the same request again. `asked` is its canonical text. Hexadecimal. */
  ofRequest(kind: 'verification' | 'table' | 'receipts', asked: string): string {
    return this.digest(`request/1/${kind}`, asked);
  }

  private digest(...words: string[]): string {
    // No word but the last can hold a "/" beyond those of its kind, so the joined words are unambiguous.
    return installationHash(this.key, words.join('/')).toString('hex');
  }
}

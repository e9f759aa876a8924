import { type Correction, partyText, type Receipt } from '@app/receipts';
import type { Subject } from './subject-request';

/** Tells what names the subject of a request, exactly, from what does not. */
export class SubjectMatch {
  private readonly wanted: string | null;

  constructor(private readonly subject: Subject) {
    this.wanted = partyText(subject.text);
  }

  /** False where the text can be no payer's: masked, or empty. */
  get isPossible(): boolean {
    return this.wanted !== null;
  }

  isFace(face: { payer: string | null; payerCreditCode: string | null } | null): boolean {
    return this.isText(this.subject.by === 'payer' ? face?.payer : face?.payerCreditCode);
  }

  /** Numbers of the bills of a receipt that name the subject, as read or as a person corrected it. */
  billsOf({ reading }: Pick<Receipt, 'reading'>, corrections: readonly Pick<Correction, 'billNumber' | 'fields'>[]): Set<number> {
    const field = this.subject.by === 'payer' ? 'payer' : 'payerCreditCode';
    const read = (reading?.bills ?? []).flatMap(({ fields }, at) => (this.isText(fields[field]?.value) ? [at + 1] : []));
    const corrected = corrections.filter(({ fields }) => this.isText(fields[field]?.to)).map(({ billNumber }) => billNumber);
    return new Set([...read, ...corrected]);
  }

  private isText(given: string | null | undefined): boolean {
    return this.wanted !== null && partyText(given) === this.wanted;
  }
}

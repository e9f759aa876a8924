import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Receipt } from '../receipt.entity';
import type { Correction } from '../review/correction.entity';
import type { BillElements } from './bill';
import { type BillLink, BillStore } from './bill.store';
import { NO_SECRET_WORDS } from './bill-secret-words';
import { BillSecrets } from './bill-secrets';
import { billWords } from './bill-words';
import { afterReading, billShown, type BillShown, secretsShown, stateOf } from './reading-note';
import { afterVerification, billAskedAbout, secretsTold, type VerificationNews } from './verification-note';

/** No document is taken to show more bills than this. */
const MAX_BILLS = 64;

/**
 * 票据台账, as the other parts write it: each note belongs into the transaction of the change it tells of, which also writes the audit.
 * A bill is one thing per tenant, known by code and number, however many documents show it and however often it is verified.
 */
@Injectable()
export class BillLedger {
  constructor(
    private readonly store: BillStore,
    private readonly secrets: BillSecrets,
  ) {}

  /** A receipt was read. What has no code and number is no bill yet. Harmless when told twice. */
  async noteReading(tx: Tx, receipt: Receipt): Promise<void> {
    const bills = receipt.reading?.bills.slice(0, MAX_BILLS) ?? [];
    const shown = bills.map((read, at): ShownInClear => ({ receipt, billIndex: at + 1, read, correction: null }));
    // Two documents with the same bills take them in the same order, so neither waits for the other in a circle.
    const byIdentity = ({ read }: ShownInClear): string => `${read.elements.billCode ?? ''} ${read.elements.billNumber ?? ''}`;
    for (const bill of shown.sort((one, other) => (byIdentity(one) < byIdentity(other) ? -1 : 1))) await this.noteShown(tx, bill);
  }

  /** A person reviewed one bill of a receipt that was read. Where the document shows another bill now, the one before loses it. */
  async noteCorrection(tx: Tx, receipt: Receipt, correction: Correction): Promise<void> {
    const read = receipt.reading?.bills[correction.billNumber - 1];
    if (read === undefined) return;
    const links = await this.store.linksOf(tx, receipt.id);
    const before = links.find(({ billIndex }) => billIndex === correction.billNumber)?.billId ?? null;
    const now = await this.noteShown(tx, { receipt, billIndex: correction.billNumber, read, correction });
    if (before !== null && now !== null && before !== now) await this.noteGone(tx, before);
  }

  /** A verification was asked for, went on, or ended. */
  async noteVerification(tx: Tx, news: VerificationNews): Promise<void> {
    const secret = await this.secrets.of(tx, secretsTold(news));
    const asked = billAskedAbout(news, secret, new Date());
    // An answer finds the bill that its question opened: to read it first saves a version of its row.
    const held = news.finishedAt === null ? null : await this.store.hold(tx, asked.bill, news.receiptId);
    const { bill, isNew, isLinked } = held ?? (await this.store.open(tx, asked.bill, news.receiptId));
    const link = news.receiptId === null || isLinked ? null : await this.linkAsked(tx, news.receiptId, asked.bill);
    if (isNew) await this.store.addWords(tx, { ...asked, link });
    else await this.store.change(tx, { ...afterVerification(bill, news, secret), link });
  }

  /** The id of the bill, null where there is none yet. */
  private async noteShown(tx: Tx, shownInClear: ShownInClear): Promise<string | null> {
    const shown: BillShown = { ...shownInClear, secret: await this.secrets.of(tx, secretsShown(shownInClear)) };
    const note = billShown(shown, new Date());
    if (note === null) return null;
    const { bill, isNew } = await this.store.open(tx, note.bill, shown.receipt.id);
    if (isNew) await this.store.addWords(tx, note);
    else await this.store.change(tx, afterReading(bill, { ...note, secret: shown.secret }));
    return bill.id;
  }

  /** A bill that a document showed until a person said otherwise. */
  private async noteGone(tx: Tx, id: string): Promise<void> {
    const bill = await this.store.lock(tx, id);
    if (bill === null) return;
    const receiptCount = await this.store.countReceipts(tx, id);
    const next = { ...bill, receiptCount, reading: receiptCount === 0 ? null : bill.reading, isContradicted: false };
    await this.store.change(tx, { bill: { ...next, state: stateOf(next) }, words: NO_WORDS, link: null });
  }

  /** A document in which nobody could read this bill, but of which a person says that it shows it. */
  private async linkAsked(tx: Tx, receiptId: string, bill: BillElements): Promise<BillLink | null> {
    const links = await this.store.linksOf(tx, receiptId);
    if (links.some(({ billIndex }) => billIndex === 1)) return null;
    const { checkCode, issueDate, amountFen } = bill;
    return { receiptId, billIndex: 1, checkCode, issueDate, amountFen, reading: null };
  }
}

type ShownInClear = Omit<BillShown, 'secret'>;

const NO_WORDS = billWords({ payee: null, titles: [], secret: NO_SECRET_WORDS });

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Elements, ReceiptView, VerificationView } from '@app/contracts';
import type { AskedElements } from './asked-elements';
import type { BillDocument } from './bill-documents';
import type { Canaries } from './canary';
import type { InsistentCaller } from './insistent-caller';
import type { MarkedBill } from './marked-bill';

const READING_TIMEOUT_MS = 240_000;
const POLL_MS = 500;
/** What was read is looked for where it is long enough to stand nowhere else. */
const MIN_AS_READ = 10;

/** What became of the bills, counted. */
export interface WalkCounts {
  uploaded: number;
  read: number;
  asked: number;
  /** Ids of what was asked, and of which tenant. */
  verifications: { id: string; tenant: number }[];
}

/** One bill's way through the product: uploaded, read, corrected by a person, verified. */
export class BillWalk {
  readonly counts: WalkCounts = { uploaded: 0, read: 0, asked: 0, verifications: [] };

  constructor(
    private readonly caller: InsistentCaller,
    private readonly keys: readonly string[],
    private readonly canaries: Canaries,
    private readonly asked: AskedElements,
  ) {}

  async walk(marked: MarkedBill, document: BillDocument | null): Promise<void> {
    this.asked.add(marked.elements);
    const receipt = document === null ? null : await this.read(marked, document);
    const isPlain = receipt?.reading?.bills.length === 1 && receipt.reading.decision === 'auto';
    // A reading that needs a person is helped by one, who gives the elements.
    if (receipt !== null && isPlain && (await this.verify(marked, { receiptId: receipt.id }))) return;
    await this.verify(marked, { elements: marked.elements });
  }

  private async read(marked: MarkedBill, document: BillDocument): Promise<ReceiptView | null> {
    const form = (): FormData => {
      const data = new FormData();
      data.append('file', new Blob([new Uint8Array(document.bytes)], { type: document.mediaType }), document.name);
      return data;
    };
    const { status, text } = await this.caller.ask('/v1/receipts', () => ({ method: 'POST', body: form(), headers: this.auth(marked) }));
    if (status >= 300) throw new Error(`a document of the form ${document.form} was refused: ${status}`);
    this.counts.uploaded += 1;
    const receipt = await this.waitUntilRead(marked, ReceiptView.parse(JSON.parse(text)).id);
    if (receipt?.state === 'read') {
      this.counts.read += 1;
      await this.keepAsRead(marked, receipt);
      await this.correct(marked, receipt);
    }
    return receipt;
  }

  private async waitUntilRead(marked: MarkedBill, id: string): Promise<ReceiptView | null> {
    const deadline = Date.now() + READING_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const { text } = await this.caller.ask(`/v1/receipts/${id}`, () => ({ headers: this.auth(marked) }));
      const receipt = ReceiptView.safeParse(JSON.parse(text));
      if (receipt.success && receipt.data.state !== 'queued') return receipt.data;
      await delay(POLL_MS);
    }
    return null;
  }

  /** A canary that was misread would otherwise leave unseen. */
  private async keepAsRead(marked: MarkedBill, { id }: ReceiptView): Promise<void> {
    // As a reviewer sees it: everybody else is shown masks.
    const { text: answer } = await this.caller.ask(`/v1/receipts/${id}/review`, () => ({ method: 'POST', headers: this.auth(marked) }));
    const { reading } = ReceiptView.parse(JSON.parse(answer));
    const known = new Set(this.canaries.all.map(({ text }) => text));
    for (const { fields, items, otherInfo } of reading?.bills ?? []) {
      const read = [fields.payer?.value, fields.payerCreditCode?.value, items[0]?.itemName, otherInfo[0]?.value];
      for (const text of read) if (text && text.length >= MIN_AS_READ && !known.has(text)) this.canaries.keep('asRead', text);
    }
  }

  private async correct(marked: MarkedBill, { id }: ReceiptView): Promise<void> {
    const fields = { payer: this.canaries.mint('corrected'), cashier: this.canaries.mint('corrected') };
    const body = JSON.stringify({ basedOn: 0, fields });
    await this.caller.ask(`/v1/receipts/${id}/bills/1/corrections`, () => ({ method: 'POST', body, headers: this.json(marked) }));
  }

  private async verify(marked: MarkedBill, about: { receiptId: string } | { elements: Elements }): Promise<boolean> {
    const body = JSON.stringify({ ...about, provider: marked.provider });
    const headers = { ...this.json(marked), 'idempotency-key': randomUUID() };
    const { status, text } = await this.caller.ask('/v1/verifications', () => ({ method: 'POST', body, headers }));
    if (status >= 300) return false;
    const view = VerificationView.parse(JSON.parse(text));
    this.counts.asked += 1;
    this.counts.verifications.push({ id: view.id, tenant: marked.tenant });
    this.asked.add(view.elements);
    return true;
  }

  private auth({ tenant }: MarkedBill): Record<string, string> {
    return { authorization: `Bearer ${this.keys[tenant] ?? ''}` };
  }

  private json(marked: MarkedBill): Record<string, string> {
    return { ...this.auth(marked), 'content-type': 'application/json' };
  }
}

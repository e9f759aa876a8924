import type { Tx } from '@app/database';
import { BillSecrets, CorrectionStore, ReceiptStore } from '@app/receipts';
import { VerificationStore } from '@app/verification';
import { Injectable } from '@nestjs/common';
import { SubjectMatch } from './subject-match';
import type { Subject, SubjectRecords } from './subject-request';
import { SubjectTooLargeError } from './subject-too-large.error';

/** More than this names no person any more. */
const MOST = 10_000;
const AT_ONCE = 100;

/**
 * What names exactly this payer: as read, as a person corrected it, or as the provider told it. The keyed hash of the ledger leads to the
 * bills, and so to what shows or verified them; what is found is opened and compared, for two documents of one bill may name two payers.
 * Readings that belong to no bill of the ledger, since no code and number could be read, are opened all.
 */
@Injectable()
export class SubjectFinder {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly corrections: CorrectionStore,
    private readonly verifications: VerificationStore,
    private readonly secrets: BillSecrets,
  ) {}

  /** @throws SubjectTooLargeError: a part of what is there is no answer */
  async find(tx: Tx, subject: Subject): Promise<SubjectRecords> {
    const match = new SubjectMatch(subject);
    const hash = await this.hashOf(tx, subject);
    if (!match.isPossible || hash === null) return { receipts: [], verifications: [] };
    const column = subject.by === 'payer' ? 'payer_hash' : 'payer_code_hash';
    const receipts = await this.shown(tx, match, { column, hash });
    const verifications = await this.told(tx, match, { column, hash, receipts });
    return { receipts: await notErased(tx, [...receipts.keys()]), verifications: verifications.sort() };
  }

  private hashOf(tx: Tx, { by, text }: Subject): Promise<Buffer | null> {
    return by === 'payer' ? this.secrets.payerHash(tx, text) : this.secrets.payerCodeHash(tx, text);
  }

  private async shown(tx: Tx, match: SubjectMatch, { column, hash }: HashedBy): Promise<OwnBills> {
    const found: OwnBills = new Map();
    const candidates = inPages(tx, [hash], (after) => {
      return `select r.id from receipt r where r.tenant_id = $1 and r.reading_sealed is not null and (
         exists (select from bill_receipt l join bill b on b.tenant_id = l.tenant_id and b.id = l.bill_id
           where l.tenant_id = r.tenant_id and l.receipt_id = r.id and b.${column} = $2)
         or not exists (select from bill_receipt l where l.tenant_id = r.tenant_id and l.receipt_id = r.id))
       and (${after}::uuid is null or r.id > ${after}) order by r.id limit ${AT_ONCE}`;
    });
    for await (const id of candidates) {
      const bills = await this.billsOf(tx, id, match);
      if (bills.size > 0) bounded(found.set(id, bills));
    }
    return found;
  }

  private async billsOf(tx: Tx, receiptId: string, match: SubjectMatch): Promise<ReadonlySet<number>> {
    const receipt = await this.receipts.find(tx, receiptId);
    return receipt === null ? NO_BILLS : match.billsOf(receipt, await this.corrections.standing(tx, [receiptId]));
  }

  /**
   * Verifications of the subject's own bills on these receipts, and those whose face names the subject. What was asked about somebody else's
   * bill on the same document is not the subject's. Receipts that only a face leads to are added.
   */
  private async told(tx: Tx, match: SubjectMatch, { column, hash, receipts }: HashedBy & { receipts: OwnBills }): Promise<string[]> {
    const found: string[] = [];
    const ids: string[] = [];
    const candidates = inPages(tx, [hash, [...receipts.keys()]], (after) => {
      return `select v.id from verification v where v.tenant_id = $1 and v.finished_at is not null and v.detail_erased_at is null and (
         v.receipt_id = any($3::uuid[]) or exists (select from bill b where b.tenant_id = v.tenant_id and b.${column} = $2
           and b.bill_code = v.bill_code and b.bill_number = v.bill_number))
       and (${after}::uuid is null or v.id > ${after}) order by v.id limit ${AT_ONCE}`;
    });
    for await (const id of candidates) ids.push(id);
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      for (const { id, receiptId, bill, face } of await this.verifications.byIds(tx, ids.slice(at, at + AT_ONCE))) {
        const isNamed = match.isFace(face);
        const own = (receiptId === null ? undefined : receipts.get(receiptId)) ?? NO_BILLS;
        if (isNamed || (bill === null ? own.size > 0 : own.has(bill))) found.push(id);
        if (isNamed && receiptId !== null && own === NO_BILLS) bounded(receipts.set(receiptId, NO_BILLS));
        if (found.length > MOST) throw new SubjectTooLargeError(MOST);
      }
    }
    return found;
  }
}

interface HashedBy {
  column: 'payer_hash' | 'payer_code_hash';
  hash: Buffer;
}

/** Numbers of the bills that name the subject, by the receipt that shows them. */
type OwnBills = Map<string, ReadonlySet<number>>;

const NO_BILLS: ReadonlySet<number> = new Set();

function bounded(found: OwnBills): void {
  if (found.size > MOST) throw new SubjectTooLargeError(MOST);
}

/** Ids by keyset: the statement is given the parameter that holds the last id of the page before. */
async function* inPages(tx: Tx, values: readonly unknown[], statement: (after: string) => string): AsyncGenerator<string> {
  const sql = statement(`$${values.length + 2}`);
  for (let after: string | null = null; ;) {
    const rows: { id: string }[] = await tx.manager.query(sql, [tx.tenant.tenantId, ...values, after]);
    yield* rows.map(({ id }) => id);
    after = rows.at(-1)?.id ?? null;
    if (rows.length < AT_ONCE) return;
  }
}

async function notErased(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `select id from receipt where tenant_id = $1 and id = any($2::uuid[])
     and (original_erased_at is null or personal_erased_at is null) order by id`,
    [tx.tenant.tenantId, ids],
  );
  return rows.map(({ id }) => id);
}

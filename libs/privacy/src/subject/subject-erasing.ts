import { AuditLog } from '@app/audit';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { isReceiptHeld, isVerificationHeld } from '@app/receipts';
import { Injectable } from '@nestjs/common';
import { type ErasableClass, ErasableClasses } from '../retention/erasable-class';
import { Erasure } from '../retention/erasure.service';
import { foundHash, type SubjectRecords, type SubjectRequest, subjectRule } from './subject-request';
import { SubjectRequestStore } from './subject-request.store';
import { SubjectSearch } from './subject-search';

const RECORDS_AT_ONCE = 20;

/** Erases what two persons approved: original, reading and detail of what was found and is under no hold. Each proof names the request. */
@Injectable()
export class SubjectErasing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SubjectRequestStore,
    private readonly classes: ErasableClasses,
    private readonly erasure: Erasure,
    private readonly searching: SubjectSearch,
    private readonly audit: AuditLog,
  ) {}

  /** Killed anywhere, it is called again and goes on: what is erased already is not erased twice. @throws whatever stopped it */
  async erase(tenant: TenantContext, { id, found }: SubjectRequest, signal: AbortSignal): Promise<void> {
    if (found === null || foundHash(id, found) !== found.hash) return this.refuse(tenant, id);
    const order = [
      ['detail', found.verifications],
      ['personal', found.receipts],
      ['original', found.receipts],
    ] as const;
    for (const [name, ids] of order) await this.eraseAll(tenant, { name, ids, rule: subjectRule(id), signal });
    await this.erasure.finishMarked(tenant, signal);
    const left = await this.searching.find(tenant, id);
    await this.unitOfWork.run(tenant, async (tx) => {
      if ((await this.store.lock(tx, id))?.state !== 'erasing') return;
      const free = count(await unheld(tx, found));
      const result = { erased: free, held: count(found) - free, leftOver: count(left) };
      await this.store.setErased(tx, id, result);
      await this.audit.append(tx, { action: 'subject.erase', targetType: 'subject', targetId: id, detail: { stage: 'done', ...result } });
    });
  }

  /** Somebody changed the row behind our back: these are not the records that two persons saw. */
  private async refuse(tenant: TenantContext, id: string): Promise<void> {
    await this.unitOfWork.run(tenant, async (tx) => {
      await this.store.setState(tx, id, 'failed');
      const detail = { stage: 'refused', reason: 'the records are not those that were approved' };
      await this.audit.append(tx, { action: 'subject.erase', targetType: 'subject', targetId: id, outcome: 'failure', detail });
    });
  }

  private async eraseAll(tenant: TenantContext, { name, ids, rule, signal }: Part): Promise<void> {
    const one = this.classes.all.find((each) => each.name === name);
    if (one === undefined) throw new RangeError(`no class ${name} can be erased`);
    for (let at = 0; at < ids.length; at += RECORDS_AT_ONCE) {
      signal.throwIfAborted();
      const some = ids.slice(at, at + RECORDS_AT_ONCE);
      // Asked again under the lock that holds wait for: one may have been placed meanwhile.
      const find = async (tx: Tx): Promise<string[]> => {
        const wanted = name === 'detail' ? { receipts: [], verifications: some } : { receipts: some, verifications: [] };
        const { receipts, verifications } = await unheld(tx, wanted);
        return [...receipts, ...verifications];
      };
      await this.erasure.piece(tenant, { class: name, rule, find, erase: one.erase });
    }
  }
}

interface Part {
  name: ErasableClass['name'];
  ids: readonly string[];
  rule: string;
  signal: AbortSignal;
}

const count = ({ receipts, verifications }: SubjectRecords): number => receipts.length + verifications.length;

async function unheld(tx: Tx, { receipts, verifications }: SubjectRecords): Promise<SubjectRecords> {
  const free = async (table: 'receipt' | 'verification', held: string, ids: readonly string[]): Promise<string[]> => {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select t.id from ${table} t where t.tenant_id = $1 and t.id = any($2::uuid[]) and not ${held} order by t.id`,
      [tx.tenant.tenantId, ids],
    );
    return rows.map(({ id }) => id);
  };
  return {
    receipts: await free('receipt', isReceiptHeld('t'), receipts),
    verifications: await free('verification', isVerificationHeld('t'), verifications),
  };
}

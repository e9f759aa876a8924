import { AuditLog } from '@app/audit';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { isReceiptHeld, isVerificationHeld } from '@app/receipts';
import { v7 as uuidv7 } from 'uuid';
import type { ErasableClass, ErasableClasses } from '../retention/erasable-class';
import type { Erasure } from '../retention/erasure.service';
import type { SubjectFinder, SubjectRecords } from './subject-finder';

const RECORDS_AT_ONCE = 20;

/** What a request of a person came to; `held` records stay under a legal hold. */
export interface SubjectErasure {
  requestId: string;
  erased: number;
  held: number;
}

/** Requests of persons whose data a tenant holds (PIPL 45, 47). The audit never holds the name that was looked for. */
export class SubjectRequests {
  constructor(
    private readonly parts: { unitOfWork: UnitOfWork; audit: AuditLog; erasure: Erasure; classes: ErasableClasses; finder: SubjectFinder },
  ) {}

  /** Receipts and verifications that name exactly this payer. */
  async find(tenant: TenantContext, payer: string): Promise<SubjectRecords> {
    const { unitOfWork, audit, finder } = this.parts;
    return unitOfWork.run(tenant, async (tx) => {
      const found = await finder.find(tx, payer);
      const detail = { receipts: found.receipts.length, verifications: found.verifications.length };
      await audit.append(tx, { action: 'subject.find', targetType: 'subject', targetId: uuidv7(), detail });
      return found;
    });
  }

  /** Erases original, reading and detail of what is found and not held; each proof names the request. Stopped in between, ask again. */
  async erase(tenant: TenantContext, payer: string): Promise<SubjectErasure> {
    const { unitOfWork, audit, finder } = this.parts;
    const requestId = uuidv7();
    const { all, free } = await unitOfWork.run(tenant, async (tx) => {
      const found = await finder.find(tx, payer);
      const detail = { receipts: found.receipts.length, verifications: found.verifications.length };
      await audit.append(tx, { action: 'subject.erase', targetType: 'subject', targetId: requestId, detail });
      return { all: found, free: await unheld(tx, found) };
    });
    await this.eraseAll(tenant, 'detail', free.verifications, requestId);
    await this.eraseAll(tenant, 'personal', free.receipts, requestId);
    await this.eraseAll(tenant, 'original', free.receipts, requestId);
    await this.parts.erasure.finishMarked(tenant);
    const count = ({ receipts, verifications }: SubjectRecords): number => receipts.length + verifications.length;
    return { requestId, erased: count(free), held: count(all) - count(free) };
  }

  private async eraseAll(tenant: TenantContext, name: ErasableClass['name'], ids: readonly string[], requestId: string): Promise<void> {
    const one = this.parts.classes.all.find((each) => each.name === name);
    if (one === undefined) throw new RangeError(`no class ${name} can be erased`);
    for (let at = 0; at < ids.length; at += RECORDS_AT_ONCE) {
      const some = ids.slice(at, at + RECORDS_AT_ONCE);
      // Asked again under the lock that holds wait for: one may have been placed meanwhile.
      const find = async (tx: Tx): Promise<string[]> => {
        const found = name === 'detail' ? { receipts: [], verifications: some } : { receipts: some, verifications: [] };
        const { receipts, verifications } = await unheld(tx, found);
        return [...receipts, ...verifications];
      };
      await this.parts.erasure.piece(tenant, { class: name, rule: `subject/${requestId}`, find, erase: one.erase });
    }
  }
}

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

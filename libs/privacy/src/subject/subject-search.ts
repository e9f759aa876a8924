import { AuditLog } from '@app/audit';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../retention/clock';
import { SubjectFinder } from './subject-finder';
import { foundHash, type SubjectRecords } from './subject-request';
import { SubjectRequestStore } from './subject-request.store';
import { SubjectTooLargeError } from './subject-too-large.error';

/** Finds what a request is about. */
@Injectable()
export class SubjectSearch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SubjectRequestStore,
    private readonly finder: SubjectFinder,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async search(tenant: TenantContext, id: string): Promise<void> {
    const records = await this.find(tenant, id).catch(unlessTooLarge);
    await this.unitOfWork.run(tenant, async (tx) => {
      // Searched without the lock, which people would wait for: somebody may have moved the request meanwhile.
      if ((await this.store.lock(tx, id))?.state !== 'searching') return;
      const target = { targetType: 'subject', targetId: id };
      if (records === null) {
        await this.store.setState(tx, id, 'failed');
        await this.audit.append(tx, { action: 'subject.find', ...target, outcome: 'failure', detail: { reason: 'too many records' } });
        return;
      }
      const hash = foundHash(id, records);
      await this.store.setFound(tx, id, { ...records, hash, at: this.clock.now() });
      const detail = { receipts: records.receipts.length, verifications: records.verifications.length, foundHash: hash };
      await this.audit.append(tx, { action: 'subject.find', ...target, detail });
    });
  }

  /** What names the subject of the request now; nothing once the request has ended. @throws SubjectTooLargeError */
  async find(tenant: TenantContext, id: string): Promise<SubjectRecords> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const subject = await this.store.subjectOf(tx, id);
      return subject === null ? { receipts: [], verifications: [] } : this.finder.find(tx, subject);
    });
  }
}

function unlessTooLarge(error: unknown): null {
  if (error instanceof SubjectTooLargeError) return null;
  throw error;
}

import { AuditLog } from '@app/audit';
import type { JobPayloads, OriginalFault } from '@app/contracts';
import { UnsealError } from '@app/crypto';
import { type TenantContext, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { ObjectNotFoundError } from '@app/storage';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Receipt } from '../receipt.entity';
import { ReceiptStore } from '../receipt.store';
import { OriginalKeys } from '../sealing/original-keys';
import { SealedObjects } from '../sealing/sealed-objects';
import { OriginalCheckStore } from './original-check.store';

/** Injection token of the settings of the check. */
export const ORIGINAL_CHECK_SETTINGS = Symbol('ORIGINAL_CHECK_SETTINGS');

/** How often each original is checked, and how many one job looks at before it leaves the rest to another one. */
export interface OriginalCheckSettings {
  days: number;
  atOnce: number;
}

const DAY_MS = 86_400_000;
/** An original that was found wrong is looked at again with each day's run. */
const FAULTY_AGAIN_MS = DAY_MS / 2;

const logger = new Logger('Originals');

/**
 * Reads stored originals again and compares them with the hash that was taken when they arrived: each one once in a period. What is wrong is
 * told three times over, in the log, in the audit and on the receipt. Harmless when run twice, and resumed wherever it was killed.
 */
@Injectable()
export class OriginalCheck {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly receipts: ReceiptStore,
    private readonly store: OriginalCheckStore,
    private readonly objects: SealedObjects,
    private readonly keys: OriginalKeys,
    private readonly audit: AuditLog,
    private readonly jobs: JobQueue,
    @Inject(ORIGINAL_CHECK_SETTINGS) private readonly settings: OriginalCheckSettings,
  ) {}

  /**
   * One that cannot be read for another reason is neither sound nor faulty, and keeps no other from being looked at.
   * @throws what kept it from that, once all others were looked at: the job is tried again
   */
  async run({ tenantId, day }: JobPayloads['original.check'], job: { id: string; signal: AbortSignal }, now = new Date()): Promise<void> {
    const tenant: TenantContext = { tenantId, actor: { type: 'worker', id: job.id, name: 'original.check' } };
    const ids = await this.due(tenant, now);
    const { faulty, failures } = await this.checkAll(tenant, ids, job.signal, now);
    const checked = ids.length - failures.length;
    // Where none could be read, the store is what is away.
    const isDone = ids.length < this.settings.atOnce || checked === 0;
    await this.unitOfWork.run(tenant, async (tx) => {
      await this.store.add(tx, day, { checked, faulty, finishedAt: isDone && failures.length === 0 ? now : null });
      if (!isDone) await this.jobs.enqueue(tx, 'original.check', { tenantId, day });
    });
    // Otherwise the next job has them first.
    if (isDone && failures.length > 0) throw failures[0];
  }

  private async checkAll(tenant: TenantContext, ids: readonly string[], signal: AbortSignal, at: Date) {
    const failures: unknown[] = [];
    let faulty = 0;
    for (const id of ids) {
      signal.throwIfAborted();
      try {
        if ((await this.checkOne(tenant, id, at)) !== null) faulty += 1;
      } catch (error) {
        failures.push(error);
        logger.error({ err: error, receiptId: id, msg: 'a stored original could not be read; tried again later' });
      }
    }
    return { faulty, failures };
  }

  private due(tenant: TenantContext, now: Date): Promise<string[]> {
    const { days, atOnce } = this.settings;
    return this.unitOfWork.run(tenant, async (tx) => {
      const again = await this.store.faulty(tx, new Date(now.getTime() - FAULTY_AGAIN_MS), atOnce);
      const stale = await this.store.stale(tx, new Date(now.getTime() - days * DAY_MS), atOnce);
      return [...new Set([...again, ...stale])].slice(0, atOnce);
    });
  }

  private async checkOne(tenant: TenantContext, id: string, at: Date): Promise<OriginalFault | null> {
    const receipt = await this.unitOfWork.run(tenant, (tx) => this.receipts.find(tx, id));
    if (receipt === null || receipt.originalErasedAt !== null) return null;
    const fault = await this.faultOf(tenant, receipt);
    const isStanding = await this.unitOfWork.run(tenant, async (tx) => {
      const standing = await this.receipts.lock(tx, id);
      // Erased while it was read: then it is gone by a rule, and not lost.
      if (standing === null || standing.originalErasedAt !== null) return false;
      const since = fault === null ? null : fault === standing.originalFault ? standing.originalFaultAt : at;
      await this.store.note(tx, id, { at, fault, since });
      if (fault === standing.originalFault) return true;
      const action = fault === null ? 'original.restored' : fault === 'missing' ? 'original.missing' : 'original.damaged';
      await this.audit.append(tx, { action, targetType: 'receipt', targetId: id, detail: { sha256: receipt.sha256 } });
      return true;
    });
    if (!isStanding || fault === null) return null;
    logger.error({ alert: `original-${fault}`, receiptId: id, msg: 'a stored original is not what was uploaded' });
    return fault;
  }

  private async faultOf(tenant: TenantContext, receipt: Receipt): Promise<OriginalFault | null> {
    try {
      const place = { tenantId: tenant.tenantId, name: receipt.objectKey, ...(await this.keys.open(tenant, receipt)) };
      const hash = createHash('sha256');
      let byteSize = 0;
      for await (const chunk of (await this.objects.get(place)) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        byteSize += chunk.length;
      }
      return hash.digest('hex') === receipt.sha256 && byteSize === receipt.byteSize ? null : 'damaged';
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return 'missing';
      if (error instanceof UnsealError) return 'damaged';
      throw error;
    }
  }
}

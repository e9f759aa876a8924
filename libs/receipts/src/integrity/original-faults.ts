import { AuditLog } from '@app/audit';
import { type OriginalFault, ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { UnsealError } from '@app/crypto';
import { ObjectNotFoundError } from '@app/storage';
import { Injectable, Logger } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Receipt } from '../receipt.entity';
import { ReceiptStore } from '../receipt.store';

const logger = new Logger('Originals');

/**
 * What is found wrong with an original when somebody opens it is told at once, as the check tells it: in the log, in the audit and on the
 * receipt. The check looks at it again with each day's run, and takes the flag back once it is restored.
 */
@Injectable()
export class OriginalFaults {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly receipts: ReceiptStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The bytes that `open` gives. What turns out further on in them not to be what was sealed ends the stream with the same problem.
   * @throws ProblemError `original-damaged`, `original-missing`; `erased` when it was erased meanwhile
   */
  async guarded(tenant: TenantContext, receipt: Receipt, open: () => Promise<Readable>): Promise<Readable> {
    const told = (error: unknown): Promise<never> => this.tell(tenant, receipt, error);
    const bytes = await open().catch(told);
    async function* watched(): AsyncGenerator<Buffer> {
      try {
        yield* bytes as AsyncIterable<Buffer>;
      } catch (error) {
        await told(error);
      }
    }
    return Readable.from(watched(), { objectMode: false });
  }

  private async tell(tenant: TenantContext, { id, sha256 }: Receipt, error: unknown): Promise<never> {
    const fault = faultOf(error);
    if (fault === null) throw error;
    const action = fault === 'missing' ? 'original.missing' : 'original.damaged';
    await this.unitOfWork.run(tenant, async (tx) => {
      const standing = await this.receipts.lock(tx, id);
      if (standing === null || standing.originalErasedAt !== null) throw new ProblemError('erased');
      if (standing.originalFault === fault) return;
      await tx.manager.query('update receipt set original_fault = $3, original_fault_at = now() where tenant_id = $1 and id = $2', [
        tx.tenant.tenantId,
        id,
        fault,
      ]);
      await this.audit.append(tx, { action, targetType: 'receipt', targetId: id, detail: { sha256 } });
    });
    logger.error({ alert: `original-${fault}`, receiptId: id, msg: 'a stored original is not what was uploaded' });
    throw new ProblemError(`original-${fault}`, { cause: error });
  }
}

function faultOf(error: unknown): OriginalFault | null {
  if (error instanceof ObjectNotFoundError) return 'missing';
  return error instanceof UnsealError ? 'damaged' : null;
}

import { AuditLog } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { MalwareScanner } from './malware-scanner';

/** What is scanned: an upload that is no receipt yet, the original of one, or a copy for the person of a request, with originals in it. */
export interface Scanned {
  targetType: 'upload' | 'receipt' | 'subject';
  id: string;
  sha256: string;
}

/** Lets an original pass only when the scanner found nothing in it; what it found is on record before it is refused. */
@Injectable()
export class OriginalScan {
  constructor(
    private readonly scanner: MalwareScanner,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ProblemError `malware-found`; `scanner-unavailable` when the scanner gives no verdict */
  async assertClean(tenant: TenantContext, { targetType, id, sha256 }: Scanned, open: () => Promise<Readable>): Promise<void> {
    if (!this.scanner.isOn) return;
    const malware = await this.scanner.scan(await open());
    if (malware === null) return;
    await this.unitOfWork.run(tenant, (tx) =>
      this.audit.append(tx, { action: 'original.infected', targetType, targetId: id, detail: { sha256, malware } }),
    );
    throw new ProblemError('malware-found');
  }
}

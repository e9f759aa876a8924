import type { JobPayloads } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { SubjectErasing } from './subject-erasing';
import { SubjectExporting } from './subject-exporting';
import { SubjectRequestStore } from './subject-request.store';
import { SubjectSearch } from './subject-search';

/** The worker's part of persons' requests: it does what the state asks for, and leaves alone what waits for a person. */
@Injectable()
export class SubjectWork {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SubjectRequestStore,
    private readonly searching: SubjectSearch,
    private readonly exporting: SubjectExporting,
    private readonly erasing: SubjectErasing,
  ) {}

  /** @throws whatever stopped it; the job is tried again and goes on where this ended */
  async handle({ tenantId, requestId }: JobPayloads['subject.handle'], job: { id: string; signal: AbortSignal }): Promise<void> {
    const tenant: TenantContext = { tenantId, actor: { type: 'worker', id: job.id, name: 'subject.handle' } };
    const request = await this.unitOfWork.run(tenant, (tx) => this.store.find(tx, requestId));
    if (request?.state === 'searching') await this.searching.search(tenant, requestId);
    if (request?.state === 'exporting') await this.exporting.export(tenant, request, job.signal);
    if (request?.state === 'erasing') await this.erasing.erase(tenant, request, job.signal);
  }
}

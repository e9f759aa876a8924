import { ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Attempt } from './attempt.entity';
import { AttemptStore } from './attempt.store';
import type { Verification } from './verification.entity';
import { VerificationStore } from './verification.store';

/** A verification with the upstream calls it took. */
export interface VerificationDetail {
  verification: Verification;
  attempts: Attempt[];
}

/** A tenant's verifications, to look at. */
@Injectable()
export class Verifications {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: VerificationStore,
    private readonly attempts: AttemptStore,
  ) {}

  /** @throws ProblemError `not-found`, for a foreign verification as for a missing one */
  async get(tenant: TenantContext, id: string): Promise<VerificationDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const verification = await this.store.find(tx, id);
      if (verification === null) throw new ProblemError('not-found');
      return { verification, attempts: await this.attempts.listOf(tx, id) };
    });
  }
}

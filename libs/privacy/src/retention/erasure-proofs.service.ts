import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { ErasureProof } from './erasure-proof';
import { ErasureStore } from './erasure.store';

/** What was erased, to look at. */
@Injectable()
export class ErasureProofs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ErasureStore,
  ) {}

  /** At most `limit` proofs, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: ErasureProof[]; next: string | null }> {
    const rows = await this.unitOfWork.run(tenant, (tx) => this.store.proofs(tx, { ...page, limit: page.limit + 1 }));
    const items = rows.slice(0, page.limit);
    return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
  }
}

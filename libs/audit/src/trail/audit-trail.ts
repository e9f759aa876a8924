import { ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit-log';
import { type AuditPlace, type AuditQuestion, filtersOf } from './audit-question';
import { AuditTrailStore } from './audit-trail.store';
import type { RecordedEntry } from './recorded-entry';

/** How many entries one export may hold; a window of hours takes what a window of months cannot. */
export const MOST_EXPORTED = 200_000;
const ENTRIES_PER_QUERY = 1_000;

/** The audit, as auditors read it. That it was read is an entry, too, in the transaction of the read. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AuditTrailStore,
    private readonly audit: AuditLog,
  ) {}

  /** At most `limit` entries, newest first, and the `cursor` of the following page. */
  async page(
    tenant: TenantContext,
    { limit, cursor, ...question }: AuditQuestion & { limit: number; cursor?: string | undefined },
  ): Promise<{ items: RecordedEntry[]; next: string | null }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const found = await this.store.page(tx, question, { limit: limit + 1, after: cursor === undefined ? null : parsed(cursor) });
      const items = found.slice(0, limit);
      const detail = { filters: filtersOf(question), from: question.from, to: question.to, rows: items.length };
      await this.audit.append(tx, { action: 'audit.view', targetType: 'list', targetId: 'audit', detail });
      const last = items.at(-1);
      return { items, next: found.length > limit && last !== undefined ? `${last.recordedAt}.${last.id}` : null };
    });
  }

  /**
   * The entries that there are now, newest first, in pieces as they are taken; that they were exported is committed before the first is read.
   * @throws ProblemError `audit-export-too-large` when there are more than `MOST_EXPORTED`
   */
  async open(tenant: TenantContext, question: AuditQuestion, format: string): Promise<AsyncIterable<RecordedEntry>> {
    const bounded = await this.unitOfWork.run(tenant, (tx) => this.recorded(tx, question, format));
    return this.entries(tenant, bounded);
  }

  private async recorded(tx: Tx, question: AuditQuestion, format: string): Promise<AuditQuestion> {
    const now = await this.store.now(tx);
    // What is added while the export runs, its own entry first, belongs to the next one.
    const bounded = Date.parse(question.to) > Date.parse(now) ? { ...question, to: now } : question;
    const rows = await this.store.count(tx, bounded, MOST_EXPORTED);
    if (rows > MOST_EXPORTED) throw new ProblemError('audit-export-too-large');
    const detail = { format, filters: filtersOf(question), from: bounded.from, to: bounded.to, rows };
    await this.audit.append(tx, { action: 'audit.export', targetType: 'export', targetId: uuidv7(), detail });
    return bounded;
  }

  private async *entries(tenant: TenantContext, question: AuditQuestion): AsyncIterable<RecordedEntry> {
    for (let after: AuditPlace | null = null; ;) {
      const page = await this.unitOfWork.run(tenant, (tx) => this.store.page(tx, question, { limit: ENTRIES_PER_QUERY, after }));
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < ENTRIES_PER_QUERY) return;
      after = last;
    }
  }
}

function parsed(cursor: string): AuditPlace {
  const at = cursor.lastIndexOf('.');
  return { recordedAt: cursor.slice(0, at), id: cursor.slice(at + 1) };
}

import { randomBytes } from 'node:crypto';
import type { SubjectRequestState } from '@app/contracts';
import { readHead, SECRET_BYTES, type Suite } from '@app/crypto';
import type { Tx } from '@app/database';
import { Keyring, openJson, type PlacedColumn, type SealPlace, textOf } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import type { ExportPart, Subject, SubjectRecords, SubjectRequest, SubjectRequestHead } from './subject-request';

const HEAD = `id, kind, state, subject_by as "by", reference, purpose, opened_by as "openedBy", opened_by_name as "openedByName",
  opened_at as "openedAt", due_on as "dueOn", found_hash as "foundHash", found_at as "foundAt", exports, exported_at as "exportedAt",
  approval_id as "approvalId", erased, held, left_over as "leftOver", closed_by as "closedBy", closed_by_name as "closedByName",
  closed_at as "closedAt", close_reason as "closeReason"`;
const COLUMNS = `found, ${HEAD}`;
/** Counted where they lie: a page of ids would be megabytes. */
const COUNTS = `coalesce(json_array_length(found -> 'receipts'), 0) as "receiptCount",
  coalesce(json_array_length(found -> 'verifications'), 0) as "verificationCount"`;

/** As `newExportSecret` makes it. */
export interface ExportSecret {
  secret: Buffer;
  sealed: Buffer;
  suite: Suite;
}

interface Row extends Omit<SubjectRequest, 'openedBy' | 'found' | 'exports' | 'closed'> {
  openedBy: string;
  openedByName: string;
  found: SubjectRecords | null;
  foundHash: string | null;
  foundAt: Date | null;
  exports: ExportPart[] | null;
  closedBy: string | null;
  closedByName: string | null;
  closedAt: Date | null;
  closeReason: string | null;
}

type HeadRow = Omit<Row, 'found'> & { receiptCount: number; verificationCount: number };

/** Queries of persons' requests; who they are about is sealed on its way in. A foreign tenant's request is simply not found. */
@Injectable()
export class SubjectRequestStore {
  constructor(private readonly keyring: Keyring) {}

  async insert(tx: Tx, request: SubjectRequest, subject: Subject): Promise<void> {
    const { id, kind, state, by, reference, purpose, openedBy, openedAt, dueOn } = request;
    const sealed = await this.keyring.seal(tx, subjectPlace(id), Buffer.from(JSON.stringify(subject)));
    await tx.manager.query(
      `insert into subject_request (tenant_id, id, kind, state, subject_by, subject_sealed, reference, purpose, opened_by, opened_by_name,
         opened_at, due_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [tx.tenant.tenantId, id, kind, state, by, sealed, reference, purpose, openedBy.id, openedBy.name, openedAt, dueOn],
    );
  }

  async find(tx: Tx, id: string): Promise<SubjectRequest | null> {
    return (await this.select(tx, 'id = $2', [id]))[0] ?? null;
  }

  /** The row, held against others until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<SubjectRequest | null> {
    return (await this.select(tx, 'id = $2 for update', [id]))[0] ?? null;
  }

  /** At most `limit` requests older than the one with the id `before`, newest first. */
  async page(tx: Tx, { limit, before }: { limit: number; before?: string | undefined }): Promise<SubjectRequestHead[]> {
    const rows = await tx.manager.query<HeadRow[]>(
      `select ${COUNTS}, ${HEAD} from subject_request where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [tx.tenant.tenantId, before ?? null, limit],
    );
    return rows.map(headOf);
  }

  /** Exports that were made before an instant, the oldest first. */
  async exportedBefore(tx: Tx, before: Date, limit: number): Promise<SubjectRequest[]> {
    return this.select(tx, 'exports is not null and exported_at < $2 order by exported_at, id limit $3', [before, limit]);
  }

  /** Whom the request is about; null once it has ended. @throws UnsealError */
  async subjectOf(tx: Tx, id: string): Promise<Subject | null> {
    return openJson<Subject>(this.keyring, tx, subjectPlace(id), await this.bytes(tx, id, 'subject_sealed'));
  }

  async setState(tx: Tx, id: string, state: SubjectRequestState): Promise<void> {
    await tx.manager.query('update subject_request set state = $3 where tenant_id = $1 and id = $2', [tx.tenant.tenantId, id, state]);
  }

  async setFound(tx: Tx, id: string, { hash, at, ...records }: NonNullable<SubjectRequest['found']>): Promise<void> {
    await tx.manager.query(
      `update subject_request set state = 'found', found = $3, found_hash = $4, found_at = $5 where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id, JSON.stringify(records), hash, at],
    );
  }

  /** A secret that all parts of an export are sealed under: in clear to seal with, and sealed to be kept. */
  async newExportSecret(tx: Tx, id: string): Promise<ExportSecret> {
    const secret = randomBytes(SECRET_BYTES);
    const sealed = await this.keyring.seal(tx, exportPlace(id), secret);
    return { secret, sealed, suite: readHead(sealed).suite };
  }

  async setExported(tx: Tx, id: string, { parts, sealed, at }: { parts: readonly ExportPart[]; sealed: Buffer; at: Date }): Promise<void> {
    await tx.manager.query(
      `update subject_request set state = 'exported', exports = $3, export_key_sealed = $4, exported_at = $5 where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id, JSON.stringify(parts), sealed, at],
    );
  }

  /** Null once the export has expired. @throws UnsealError */
  async exportSecret(tx: Tx, id: string): Promise<Buffer | null> {
    const sealed = await this.bytes(tx, id, 'export_key_sealed');
    return sealed === null ? null : this.keyring.open(tx, exportPlace(id), sealed);
  }

  /** What is sealed under the key opens no more. A request that waited to be fetched can be exported again. */
  async dropExport(tx: Tx, id: string): Promise<void> {
    await tx.manager.query(
      `update subject_request set exports = null, export_key_sealed = null,
         state = case when state = 'exported' then 'found' else state end where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id],
    );
  }

  async setErasing(tx: Tx, id: string, approvalId: string): Promise<void> {
    await tx.manager.query(`update subject_request set state = 'erasing', approval_id = $3 where tenant_id = $1 and id = $2`, [
      ...[tx.tenant.tenantId, id, approvalId],
    ]);
  }

  /** Ends an erasure: nobody needs the name any more. */
  async setErased(tx: Tx, id: string, { erased, held, leftOver }: { erased: number; held: number; leftOver: number }): Promise<void> {
    await tx.manager.query(
      `update subject_request set state = 'done', subject_sealed = null, erased = $3, held = $4, left_over = $5
       where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id, erased, held, leftOver],
    );
  }

  async close(tx: Tx, id: string, { by, at, reason }: NonNullable<SubjectRequest['closed']>): Promise<void> {
    await tx.manager.query(
      `update subject_request set state = 'closed', subject_sealed = null, closed_by = $3, closed_by_name = $4, closed_at = $5,
         close_reason = $6 where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id, by.id, by.name, at, reason],
    );
  }

  private async bytes(tx: Tx, id: string, column: 'subject_sealed' | 'export_key_sealed'): Promise<Buffer | null> {
    const [row] = await tx.manager.query<{ bytes: Buffer | null }[]>(
      `select ${column} as bytes from subject_request where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id],
    );
    return row?.bytes ?? null;
  }

  private async select(tx: Tx, condition: string, values: readonly unknown[]): Promise<SubjectRequest[]> {
    const rows = await tx.manager.query<Row[]>(`select ${COLUMNS} from subject_request where tenant_id = $1 and ${condition}`, [
      tx.tenant.tenantId,
      ...values,
    ]);
    return rows.map(requestOf);
  }
}

function requestOf({ found, ...row }: Row): SubjectRequest {
  const { foundHash: hash, foundAt: at } = row;
  return { ...commonOf(row), found: found === null || hash === null || at === null ? null : { ...found, hash, at } };
}

function headOf({ receiptCount, verificationCount, ...row }: HeadRow): SubjectRequestHead {
  const { foundHash: hash, foundAt: at } = row;
  return { ...commonOf(row), found: hash === null || at === null ? null : { receiptCount, verificationCount, hash, at } };
}

function commonOf(row: Omit<Row, 'found'>): Omit<SubjectRequest, 'found'> {
  const { openedBy, openedByName, foundHash: _hash, foundAt: _at, exports, closedBy, closedByName, closedAt, closeReason, ...rest } = row;
  const isClosed = closedBy !== null && closedByName !== null && closedAt !== null && closeReason !== null;
  return {
    ...rest,
    openedBy: { id: openedBy, name: openedByName },
    exports: exports ?? [],
    closed: isClosed ? { by: { id: closedBy, name: closedByName }, at: closedAt, reason: closeReason } : null,
  };
}

/** Where a request's name is sealed. */
export const subjectPlace = (rowId: string): SealPlace => ({ dataClass: 'personal', purpose: 'subject_request.subject', rowId });
const exportPlace = (rowId: string): SealPlace => ({ dataClass: 'original', purpose: 'subject_request.export_key', rowId });

/** The sealed columns of persons' requests. */
export const SUBJECT_REQUEST_COLUMNS: readonly PlacedColumn[] = [
  { name: 'subject_request.subject_sealed', place: (row) => subjectPlace(textOf(row, 'id')) },
  { name: 'subject_request.export_key_sealed', place: (row) => exportPlace(textOf(row, 'id')) },
];

import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { AuditLog } from '@app/audit';
import { type Actor, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { type Keyring, openColumn } from '@app/keyring';
import { OriginalKeys, type Receipt, SealedObjects } from '@app/receipts';
import { ObjectNotFoundError, ObjectStore } from '@app/storage';
import { ZipWriter } from '../archive/zip-writer';
import { isWithheld, OPENED_COLUMNS } from './column-openers';
import { type TenantTable, tenantTables } from './tenant-tables';

const ROWS_AT_ONCE = 500;
/** Of one file of a table; further rows are in the next. */
const PART_BYTES = 16 * 1024 * 1024;

/** One file of an export. */
export interface ExportedFile {
  name: string;
  sha256: string;
  byteSize: number;
  rows?: number;
}

/** What an export holds, and what it does not. */
export interface ExportManifest {
  format: 'piaoyan-tenant-export/1';
  tenant: { id: string; name: string };
  exportedAt: string;
  exportedBy: string;
  files: ExportedFile[];
  /** `table.column` of what is not exported: secrets, keyed hashes, and sealed values that nothing here opens. */
  withheld: string[];
  /** Receipts whose original was not there. */
  missingOriginals: string[];
}

export interface TenantExportParts {
  unitOfWork: UnitOfWork;
  objects: ObjectStore;
  audit: AuditLog;
  keyring: Keyring;
  now: () => Date;
}

/** Hands out everything of a tenant: its rows as JSON lines, its originals, and a manifest with the hash of each file. */
export class TenantExport {
  constructor(private readonly parts: TenantExportParts) {}

  /** Writes the archive; that it was made is on record before its first byte. The stream is the caller's to end. */
  async write(actor: Actor, tenant: { id: string; name: string }, out: Writable): Promise<ExportManifest> {
    const context: TenantContext = { tenantId: tenant.id, actor };
    const { unitOfWork, audit, now } = this.parts;
    await unitOfWork.run(context, (tx) => audit.append(tx, { action: 'tenant.export', targetType: 'tenant', targetId: tenant.id }));
    const zip = new ZipWriter(out);
    const manifest: ExportManifest = {
      ...{ format: 'piaoyan-tenant-export/1', tenant, exportedAt: now().toISOString(), exportedBy: actor.name },
      ...{ files: [], withheld: [], missingOriginals: [] },
    };
    // One transaction: its tables are of one moment each, and nothing of the tenant can be erased while it is exported.
    await unitOfWork.run(context, async (tx) => {
      for (const table of await tenantTables(tx)) await this.writeTable(tx, table, { zip, manifest });
      await this.writeOriginals(tx, { zip, manifest });
    });
    await zip.add('manifest.json', Buffer.from(JSON.stringify(manifest, null, 2)));
    await zip.finish();
    return manifest;
  }

  private async writeTable(tx: Tx, table: TenantTable, { zip, manifest }: Target): Promise<void> {
    const shown = table.columns.filter((column) => !isWithheld(column));
    const opened = table.columns.filter((column) => OPENED_COLUMNS.has(`${table.name}.${column}`));
    manifest.withheld.push(
      ...table.columns.filter((column) => isWithheld(column) && !opened.includes(column)).map((column) => `${table.name}.${column}`),
    );
    let lines: string[] = [];
    let bytes = 0;
    let part = 1;
    const flush = async (): Promise<void> => {
      const content = Buffer.from(lines.join(''));
      await add(zip, manifest, { name: `tables/${table.name}-${part}.jsonl`, content, rows: lines.length });
      [lines, bytes, part] = [[], 0, part + 1];
    };
    for await (const row of rowsOfTable(tx, table)) {
      const line = `${JSON.stringify(await this.shownRow(tx, table, { row, shown, opened }))}\n`;
      lines.push(line);
      bytes += Buffer.byteLength(line);
      if (bytes >= PART_BYTES) await flush();
    }
    if (lines.length > 0 || part === 1) await flush();
  }

  private async shownRow(
    tx: Tx,
    { name }: TenantTable,
    { row, shown, opened }: { row: Record<string, unknown>; shown: readonly string[]; opened: readonly string[] },
  ): Promise<Record<string, unknown>> {
    const plain: Record<string, unknown> = Object.fromEntries(shown.map((column) => [column, row[column]]));
    for (const column of opened) {
      const sealed = OPENED_COLUMNS.get(`${name}.${column}`);
      if (sealed !== undefined) plain[column.replace(/_sealed$/, '')] = await openColumn(this.parts.keyring, tx, sealed, row);
    }
    return plain;
  }

  private async writeOriginals(tx: Tx, { zip, manifest }: Target): Promise<void> {
    const receipts = await tx.manager.query<Pick<Receipt, 'id' | 'objectKey' | 'originalKeySealed'>[]>(
      `select id, object_key as "objectKey", original_key_sealed as "originalKeySealed" from receipt
       where tenant_id = $1 and original_erased_at is null order by id`,
      [tx.tenant.tenantId],
    );
    const [keys, objects] = [new OriginalKeys(this.parts.keyring), new SealedObjects(this.parts.objects)];
    for (const { id, objectKey: object, ...receipt } of receipts) {
      const { secret } = await keys.open(tx, { id, ...receipt });
      const content = await objects.read({ tenantId: tx.tenant.tenantId, name: object, secret }).catch(unlessMissing);
      if (content === null) manifest.missingOriginals.push(id);
      else await add(zip, manifest, { name: `originals/${id}`, content, isPacked: true });
    }
  }
}

interface Target {
  zip: ZipWriter;
  manifest: ExportManifest;
}

async function add(
  zip: ZipWriter,
  { files }: ExportManifest,
  { name, content, rows, isPacked }: { name: string; content: Buffer; rows?: number; isPacked?: boolean },
): Promise<void> {
  await zip.add(name, content, { isPacked: isPacked ?? false });
  const sha256 = createHash('sha256').update(content).digest('hex');
  files.push({ name, sha256, byteSize: content.length, ...(rows === undefined ? {} : { rows }) });
}

/** By a cursor, so that a table of any size is in memory a few rows at a time. */
async function* rowsOfTable(tx: Tx, { name, tenantColumn }: TenantTable): AsyncGenerator<Record<string, unknown>> {
  await tx.manager.query(
    `declare export_rows no scroll cursor for select * from "${name}" where ${tenantColumn} = '${tx.tenant.tenantId}'`,
  );
  for (;;) {
    const rows = await tx.manager.query<Record<string, unknown>[]>(`fetch ${ROWS_AT_ONCE} from export_rows`);
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await tx.manager.query('close export_rows');
}

function unlessMissing(error: unknown): null {
  if (error instanceof ObjectNotFoundError) return null;
  throw error;
}

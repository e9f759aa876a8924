import type { RecordedEntry } from '@app/audit';
import type { LocalizedText } from '@app/contracts';
import { type Column, type Row, writeCsv } from '@app/tabular';
import { toAuditEntryView } from './audit.mapper';

type Key = Exclude<keyof RecordedEntry, 'tenantId' | 'transactionId'>;

const HEADERS: readonly (readonly [Key, string, string])[] = [
  ['recordedAt', '时间（UTC）', 'Time (UTC)'],
  ['action', '操作', 'Action'],
  ['outcome', '结果', 'Result'],
  ['actorType', '主体类型', 'Actor type'],
  ['actorId', '主体标识', 'Actor id'],
  ['actorName', '主体名称', 'Actor'],
  ['actorRoles', '角色', 'Roles'],
  ['targetType', '客体类型', 'Target type'],
  ['targetId', '客体标识', 'Target id'],
  ['clientAddress', '来源地址', 'Address'],
  ['userAgent', '客户端', 'Client'],
  ['requestId', '请求编号', 'Request id'],
  ['detail', '详情', 'Detail'],
  ['id', '记录编号', 'Entry id'],
];
const LINES_PER_PIECE = 200;

/** Entries as CSV: every cell is text, and none is taken for a formula, whatever a client called itself. */
export function auditCsv(entries: AsyncIterable<RecordedEntry>, language: keyof LocalizedText): AsyncIterable<Buffer> {
  const columns: Column[] = HEADERS.map(([key, zh, en]) => ({ key, header: language === 'en' ? en : zh, kind: 'text' }));
  return writeCsv(columns, rowsOf(entries));
}

/** Entries as JSON Lines: one object a line, as the API shows them. */
export async function* auditJsonLines(entries: AsyncIterable<RecordedEntry>): AsyncIterable<Buffer> {
  let waiting: string[] = [];
  for await (const entry of entries) {
    waiting.push(`${JSON.stringify(toAuditEntryView(entry))}\n`);
    if (waiting.length < LINES_PER_PIECE) continue;
    yield Buffer.from(waiting.join(''));
    waiting = [];
  }
  if (waiting.length > 0) yield Buffer.from(waiting.join(''));
}

async function* rowsOf(entries: AsyncIterable<RecordedEntry>): AsyncIterable<Row> {
  for await (const entry of entries) yield { ...entry, detail: JSON.stringify(entry.detail) };
}

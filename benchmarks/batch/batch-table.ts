import { type Column, type Row, writeCsv, writeXlsx } from '@app/tabular';

const COLUMNS: readonly Column[] = ['票据代码', '票据号码', '校验码', '开票日期', '金额', '备注'].map((header) => ({
  key: header,
  header,
  kind: 'text',
}));

const DAY_MS = 86_400_000;

/** A table of `count` distinct made-up bills of the last months. No region has the number 99. */
export async function batchTable(format: 'xlsx' | 'csv', count: number): Promise<Buffer> {
  const rows = Array.from({ length: count }, (_, at) => madeUpRow(at));
  if (format === 'xlsx') return writeXlsx([{ name: '票据', columns: COLUMNS, rows }]);
  const pieces: Buffer[] = [];
  for await (const piece of writeCsv(COLUMNS, rows)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function madeUpRow(at: number): Row {
  const date = new Date(Date.now() - (10 + (at % 200)) * DAY_MS).toISOString().slice(0, 10);
  return {
    票据代码: '99060126',
    票据号码: String(at).padStart(10, '0'),
    校验码: (0x10_0000 + at).toString(16),
    开票日期: date,
    金额: `￥${(at % 9_000) + 100}.${String(at % 100).padStart(2, '0')}`,
    备注: `业务 ${at}`,
  };
}

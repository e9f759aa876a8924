import type { ChargeSums } from '@app/contracts';
import { type Column, type Row, writeCsv } from '@app/tabular';
import type { Overview } from '@app/verification';
import Table from 'cli-table3';

const KEYS: Record<Overview['by'], string> = { tenant: '租户 tenant', provider: '渠道 provider', day: '日期 day' };
const NUMBERS: readonly [keyof ChargeSums, string][] = [
  ['calls', '调用 calls'],
  ['charged', '计费 charged'],
  ['free', '未计费 free'],
  ['unknown', '待核销 unknown'],
  ['settled', '已核销 settled'],
  ['cached', '缓存 cached'],
  ['joined', '合并 joined'],
  ['amountYuan', '金额(元) yuan'],
  ['unknownYuan', '待核销(元) unknown yuan'],
];

/** The cost of all tenants for people, with a last row for the whole. */
export function costTable({ by, rows, total }: Overview): string {
  const table = new Table({ head: [KEYS[by], ...NUMBERS.map(([, name]) => name)], style: { head: [], border: [] } });
  for (const row of [...rows, { key: '合计 total', ...total }]) table.push([row.key, ...NUMBERS.map(([field]) => String(row[field]))]);
  return total.hasPlaceholderPrice ? `${table.toString()}\n${PLACEHOLDER}` : table.toString();
}

/** The same for a spreadsheet, without the whole, which a spreadsheet sums itself. */
export async function costCsv({ by, rows }: Overview): Promise<Buffer> {
  const columns: Column[] = [
    { key: 'key', header: KEYS[by], kind: 'text' },
    ...NUMBERS.map(([key, header]): Column => ({ key, header, kind: 'text' })),
    { key: 'hasPlaceholderPrice', header: '占位价 placeholder price', kind: 'text' },
  ];
  const cells = rows.map((row): Row => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)])));
  const pieces: Buffer[] = [];
  for await (const piece of writeCsv(columns, cells)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const PLACEHOLDER =
  "含占位价 0.50 元的调用:请用 piaoyan price set 录入合同价 (some calls are counted at the placeholder of 0.50 yuan: enter the contract's price)";

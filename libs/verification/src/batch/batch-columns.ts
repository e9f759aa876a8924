import { BATCH_COLUMNS, type BatchColumn, type LocalizedText, ProblemError } from '@app/contracts';

/** What stands above each column. */
export const BATCH_HEADERS: Readonly<Record<BatchColumn, LocalizedText>> = {
  billCode: { 'zh-CN': '票据代码', en: 'Bill code' },
  billNumber: { 'zh-CN': '票据号码', en: 'Bill number' },
  checkCode: { 'zh-CN': '校验码', en: 'Check code' },
  issueDate: { 'zh-CN': '开票日期', en: 'Issue date' },
  totalAmount: { 'zh-CN': '金额', en: 'Amount' },
  reference: { 'zh-CN': '备注', en: 'Reference' },
};

/** Other names that systems and people give the columns, as `plain` makes them. */
const ALIASES: Readonly<Record<BatchColumn, readonly string[]>> = {
  billCode: ['billcode', '财政票据代码', '电子票据代码', '发票代码'],
  billNumber: ['billnumber', 'billno', '财政票据号码', '电子票据号码', '票据号', '发票号码'],
  checkCode: ['checkcode', '票据校验码', '检验码'],
  issueDate: ['issuedate', 'date', '开票日', '日期'],
  totalAmount: ['totalamount', 'total', '金额合计', '合计金额', '票面金额', '总金额', '合计'],
  reference: ['note', 'remark', '附注', '业务编号', '参考号'],
};

const BY_NAME: ReadonlyMap<string, BatchColumn> = new Map(
  BATCH_COLUMNS.flatMap((column) =>
    [...ALIASES[column], BATCH_HEADERS[column]['zh-CN'], BATCH_HEADERS[column].en].map((name) => [plain(name), column] as const),
  ),
);

/**
 * Where each column stands in a table, by its header in either language; columns with other names are left aside.
 * @throws ProblemError `table-header` when one that is needed is missing, or one is there twice
 */
export function placesOf(header: readonly string[]): ReadonlyMap<BatchColumn, number> {
  const places = new Map<BatchColumn, number>();
  const twice = new Set<BatchColumn>();
  for (const [at, name] of header.entries()) {
    const column = BY_NAME.get(plain(name)) ?? BY_NAME.get(plain(name.split('/')[0] ?? ''));
    if (column === undefined) continue;
    if (places.has(column)) twice.add(column);
    places.set(column, at);
  }
  const missing = BATCH_COLUMNS.filter((column) => column !== 'reference' && !places.has(column));
  const errors = [
    ...missing.map((field) => ({ field, message: `no column is named ${named(field)}` })),
    ...[...twice].map((field) => ({ field, message: `several columns are named ${named(field)}` })),
  ];
  if (errors.length > 0) throw new ProblemError('table-header', { detail: errors.map(({ message }) => message).join('; '), errors });
  return places;
}

function named(column: BatchColumn): string {
  return `${BATCH_HEADERS[column]['zh-CN']} (${BATCH_HEADERS[column].en})`;
}

/** A name without width, case, white space, marks of what is needed, and what stands in brackets. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|[\s*:_-]/gu, '');
}

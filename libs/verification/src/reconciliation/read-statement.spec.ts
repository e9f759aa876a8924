import { writeXlsx } from '@app/tabular';
import { readStatement, statementOf } from './read-statement';
import { StatementLayout } from './statement-layout';

const HEADER = '调用时间,任务号,票据代码,票据号码,返回码,是否计费,费用';
const csv = (...lines: string[]) => readStatement(Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`));
/** The same without the thread in which a file is taken apart. */
const table = (...lines: string[]) => {
  const [header = [], ...rows] = lines.map((line) => line.split(','));
  return statementOf({ header, rows: rows.map((cells, at) => ({ line: at + 2, cells })) }, StatementLayout.parse({}));
};
const row = (cells: Partial<Record<string, string>>): string =>
  HEADER.split(',')
    .map((name) => cells[name] ?? GOOD[name])
    .join(',');
const GOOD: Record<string, string> = {
  调用时间: '2026-11-26 12:00:01',
  任务号: '12345678901234567890',
  票据代码: '01060126',
  票据号码: '0041207735',
  返回码: '-30001',
  是否计费: '是',
  费用: '0.355',
};

describe('reading a statement', () => {
  it("takes the sandbox's export as it is, times of Shanghai and exact fees", async () => {
    const { sha256, statement } = await csv(HEADER, row({}), row({ 是否计费: '否', 费用: '0.00', 任务号: '' }));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(statement).toEqual({
      lines: [
        {
          line: 2,
          atMs: Date.parse('2026-11-26T04:00:01Z'),
          taskNumber: '12345678901234567890',
          bill: { billCode: '01060126', billNumber: '0041207735' },
          ...{ checkCode: null, issueDate: null, totalAmount: null },
          code: '-30001',
          isCharged: true,
          feeHao: 3_550n,
        },
        expect.objectContaining({ line: 3, taskNumber: null, isCharged: false, feeHao: 0n }),
      ],
      unreadable: [],
    });
  });

  it.each([
    ['time', { 调用时间: '2026-11-26' }],
    ['time', { 调用时间: '2026-06-31 12:00:00' }],
    ['time', { 调用时间: '2026-11-26 24:00:00' }],
    ['time', { 调用时间: '' }],
    ['billNumber', { 票据号码: '41207735' }],
    ['billNumber', { 票据号码: '4.1207735E7' }],
    ['billCode', { 票据代码: '' }],
    ['billCode', { 票据代码: '****0126' }],
    ['charged', { 是否计费: '也许' }],
    ['charged', { 是否计费: '' }],
    ['fee', { 费用: '0.35元' }],
    ['fee', { 费用: '-0.35' }],
    ['code', { 返回码: 'x'.repeat(65) }],
    ['code', { 返回码: '0\u001b[2J' }],
  ])('does not guess a row whose %s it cannot read: %j', (field, cells) => {
    const statement = table(HEADER, row(cells), row({}));
    expect(statement.unreadable).toEqual([{ line: 2, field }]);
    expect(statement.lines).toMatchObject([{ line: 3 }]);
  });

  it('knows the headers in English, and the other elements', () => {
    const statement = table(
      'Time,Task number,Bill code,Bill number,Check code,Issue date,Amount,Result code,Charged,Fee',
      '2026/11/26 9:05,,01060126,0041207735,7be20c,20260409,486.2,0,yes,0.5',
    );
    expect(statement.lines).toMatchObject([
      { atMs: Date.parse('2026-11-26T01:05:00Z'), checkCode: '7be20c', issueDate: '2026-04-09', totalAmount: '486.20', feeHao: 5_000n },
    ]);
  });

  it('takes another layout by its names, its times and its words', () => {
    const layout = StatementLayout.parse({
      columns: { time: '时刻', taskNumber: '流水', charged: '状态' },
      timeFormat: 'DD.MM.YYYY HH:mm:ss',
      charged: ['扣费成功'],
      notCharged: ['退费'],
    });
    const given = {
      header: ['时刻', '流水', '状态'],
      rows: [
        { line: 2, cells: ['26.11.2026 12:00:01', 't1', '扣费成功'] },
        { line: 3, cells: ['26.11.2026 12:00:01', 't2', '退费'] },
        { line: 4, cells: ['2026-11-26 12:00:01', 't3', '退费'] },
        { line: 5, cells: ['26.11.2026 12:00:01', '', '退费'] },
      ],
    };
    const { lines, unreadable } = statementOf(given, layout);
    expect(lines).toMatchObject([
      { taskNumber: 't1', bill: null, isCharged: true, atMs: Date.parse('2026-11-26T04:00:01Z') },
      { taskNumber: 't2', isCharged: false },
    ]);
    expect(unreadable).toEqual([
      { line: 4, field: 'time' },
      { line: 5, field: 'billCode' },
    ]);
  });

  it.each([
    ['for the time', '任务号,是否计费'],
    ['for charged', '调用时间,任务号'],
    ['billCode', '调用时间,是否计费'],
    ['2 columns for "fee"', '调用时间,任务号,是否计费,费用,费用（元）'],
  ])('refuses a file without what is needed: %s', (message, header) => {
    expect(() => table(header, 'a,b,c,d,e')).toThrow(message);
  });

  it('refuses a layout that names a column which is not there, or a format without its parts', () => {
    const layout = StatementLayout.parse({ columns: { fee: '单价' } });
    expect(() => statementOf({ header: HEADER.split(','), rows: [] }, layout)).toThrow('no column for "fee"');
    expect(StatementLayout.safeParse({ timeFormat: 'YYYY-MM-DD' }).success).toBe(false);
    expect(StatementLayout.safeParse({ columns: { payer: '交款人' } }).success).toBe(false);
  });

  it('reads the dates of a workbook with their time of day', () => {
    const cells = (time: string, issued: string) => [time, '01060126', '0041207735', issued, '是'];
    const header = ['调用时间', '票据代码', '票据号码', '开票日期', '是否计费'];
    const rows = [
      { line: 2, cells: cells('2026-11-26 12:00:01', '2026-04-09 00:00:00') },
      { line: 3, cells: cells('2026-11-26 12:00:01', '2026-04-09 08:00:00') },
    ];
    expect(statementOf({ header, rows }, StatementLayout.parse({}))).toMatchObject({
      lines: [{ line: 2, issueDate: '2026-04-09' }],
      unreadable: [{ line: 3, field: 'issueDate' }],
    });
  });

  it('reads a workbook as well', async () => {
    const columns = HEADER.split(',').map((header) => ({ key: header, header, kind: 'text' as const }));
    const { statement } = await readStatement(await writeXlsx([{ name: '账单', columns, rows: [GOOD] }]));
    expect(statement).toMatchObject({
      lines: [{ bill: { billCode: '01060126', billNumber: '0041207735' }, feeHao: 3_550n }],
      unreadable: [],
    });
  });
});

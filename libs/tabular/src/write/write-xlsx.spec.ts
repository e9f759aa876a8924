import { TABLE_LIMITS } from '../read/table-limits';
import { parseTable } from '../read/parse-table';
import type { Column } from './column';
import { makeXlsx } from './make-xlsx';
import { writeXlsx } from './write-xlsx';
import { unzipSync } from 'fflate';

const COLUMNS: readonly Column[] = [
  { key: 'number', header: '票据号码', kind: 'text', width: 20 },
  { key: 'amount', header: '金额', kind: 'amount' },
  { key: 'count', header: '数量', kind: 'integer' },
];
const part = (bytes: Buffer, name: string): string => Buffer.from(unzipSync(bytes)[name]!).toString('utf8');

describe('writeXlsx', () => {
  it('writes text cells, exact numbers, a bold header that stays, and no formula', async () => {
    const rows = [
      { number: '=1+1', amount: '1234567890123.45', count: '42' },
      { number: '0041207735', amount: '12345678901234.56', count: 'x' },
    ];
    const bytes = await writeXlsx([{ name: '结果', columns: COLUMNS, rows, blankRows: 1 }]);
    const sheet = part(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toContain('<f');
    expect(sheet).toMatch(/<c r="A2" s="\d+" t="s">/);
    expect(sheet).toMatch(/<c r="B2" s="\d+"><v>1234567890123.45<\/v>/);
    expect(sheet).toMatch(/<c r="C2"><v>42<\/v>/);
    // An amount that a spreadsheet's number would round stays a text.
    expect(sheet).toMatch(/<c r="B3" s="\d+" t="s">/);
    expect(sheet).toMatch(/<c r="A4" s="\d+"\/>/);
    expect(sheet).toContain('state="frozen"');
    expect(part(bytes, 'xl/styles.xml')).toContain('formatCode="@"');
    expect(part(bytes, 'xl/workbook.xml')).toContain('name="结果"');
  });

  it('writes nothing that XML has no place for', async () => {
    const rows = [{ number: 'a\u0000b\ud800c\uffffd' }];
    const table = await parseTable(await makeXlsx([{ name: 'a', columns: COLUMNS, rows }]), TABLE_LIMITS);
    expect(table.rows[0]!.cells[0]).toBe('a□b□c□d');
  });

  it('makes a large workbook in a thread, and the same as without', async () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => ({ number: String(i).padStart(10, '0'), amount: `${i}.00`, count: String(i) }));
    const sheets = [{ name: 'a', columns: COLUMNS, rows }];
    const table = await parseTable(await writeXlsx(sheets), TABLE_LIMITS);
    expect(table).toEqual(await parseTable(await makeXlsx(sheets), TABLE_LIMITS));
    expect(table.rows).toHaveLength(2_500);
  });
});

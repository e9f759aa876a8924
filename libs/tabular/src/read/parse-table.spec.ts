import { strToU8, zipSync } from 'fflate';
import { writeXlsx } from '../write/write-xlsx';
import { madeUpWorkbook } from './made-up-workbook.fixture';
import { parseTable } from './parse-table';
import type { Table } from './table';
import { TableError } from './table.error';
import { TABLE_LIMITS, type TableLimits } from './table-limits';

const HEADER = '<row r="1"><c r="A1" t="str"><v>code</v></c><c r="B1" t="str"><v>amount</v></c></row>';

describe('parseTable of a workbook', () => {
  it('reads back what was written, zeros and all', async () => {
    const rows = [
      { number: '0041207735', amount: '486.20', date: '2026-11-20', note: '_x0041_ <"&> =1+1' },
      { number: '0041207736', amount: '-0.10', date: null, note: null },
    ];
    const bytes = await writeXlsx([
      {
        name: '结果',
        columns: [
          { key: 'number', header: '票据号码', kind: 'text' },
          { key: 'amount', header: '金额', kind: 'amount' },
          { key: 'date', header: '开票日期', kind: 'date' },
          { key: 'note', header: '备注', kind: 'text' },
        ],
        rows,
      },
      { name: '说明', columns: [{ key: 'a', header: 'x', kind: 'text' }], rows: [] },
    ]);
    expect(await read(bytes)).toEqual({
      header: ['票据号码', '金额', '开票日期', '备注'],
      rows: [
        { line: 2, cells: ['0041207735', '486.2', '2026-11-20', '_x0041_ <"&> =1+1'] },
        { line: 3, cells: ['0041207736', '-0.1', '', ''] },
      ],
      format: 'xlsx',
    });
  });

  it('tells numbers, dates, formulas, flags and errors as what they are', async () => {
    const cells =
      `${HEADER}<row r="7"><c r="A7"><v>41207735</v></c><c r="B7"><v>1234.5599999999999</v></c><c r="C7" s="1"><v>46346</v></c>` +
      '<c r="D7" s="2"><v>123000</v></c><c r="E7" t="str"><f>A1</f><v>a</v></c><c r="F7" t="e"><v>#N/A</v></c>' +
      '<c r="G7" t="b"><v>1</v></c><c r="H7" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>x</t></rPh></is></c>' +
      '<c r="J7" t="s"><v>0</v></c><c r="K7" t="d"><v>2026-11-20T00:00:00</v></c><c r="L7"><f>1+1</f></c></row>';
    const styles = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="11"/></cellXfs>';
    const table = await read(madeUpWorkbook(cells, { styles, strings: '<si><t>&#x7968;_x000D_<![CDATA[<&>]]></t></si>' }));
    expect(table.rows).toEqual([
      { line: 7, cells: ['41207735', '1234.56', '2026-11-20', '1.23E+5', 'a', '#N/A', 'TRUE', 'inline', '', '票\r<&>', '2026-11-20'] },
    ]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const workbook = '<workbookPr date1904="1"/><sheets><sheet name="a" r:id="rId1"/></sheets>';
    const cells = `${HEADER}<row r="2"><c r="A2" s="0"><v>44884</v></c></row>`;
    const table = await read(madeUpWorkbook(cells, { workbook, styles: '<cellXfs><xf numFmtId="14"/></cellXfs>' }));
    expect(table.rows[0]!.cells[0]).toBe('2026-11-20');
  });

  it('tells the time of day of dates to whoever asks for it', async () => {
    const cells = `${HEADER}<row r="2"><c r="A2" s="0"><v>46352.5000115741</v></c><c r="B2" t="d"><v>2026-11-26T12:00:01</v></c></row>`;
    const workbook = madeUpWorkbook(cells, { styles: '<cellXfs><xf numFmtId="22"/></cellXfs>' });
    expect((await read(workbook, { keepsTimes: true })).rows[0]!.cells).toEqual(['2026-11-26 12:00:01', '2026-11-26T12:00:01']);
    expect((await read(workbook)).rows[0]!.cells).toEqual(['2026-11-26', '2026-11-26']);
  });

  it('reads the first sheet that is seen', async () => {
    const workbook = '<sheets><sheet name="h" state="hidden" r:id="rId1"/><sheet name="s" r:id="rId2"/></sheets>';
    expect((await read(madeUpWorkbook(HEADER, { workbook }))).header).toEqual(['second']);
  });

  it('reads elements with a prefix', async () => {
    const cells = '<x:row r="1"><x:c r="A1" t="str"><x:v>a</x:v></x:c></x:row>';
    expect((await read(madeUpWorkbook(cells))).header).toEqual(['a']);
  });

  it.each([
    ['rows that are not in order', `${HEADER}<row r="1"/>`, 'damaged'],
    ['cells that are not in order', '<row r="1"><c r="B1"/><c r="A1"/></row>', 'damaged'],
    ['a cell that stands nowhere', '<row r="1"><c r="1A"><v>1</v></c></row>', 'damaged'],
    ['a text that does not exist', '<row r="1"><c r="A1" t="s"><v>9</v></c></row>', 'damaged'],
    [
      'a document type',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><row r="1"><c r="A1" t="str"><v>&b;</v></c></row>',
      'damaged',
    ],
    ['an entity', '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>', 'damaged'],
    ['an element that is not closed', '<row r="1">', 'damaged'],
    ['elements without end', '<a>'.repeat(100), 'damaged'],
    ['a cell in the last column of all', `${HEADER}<row r="2"><c r="XFD2"><v>1</v></c></row>`, 'too-large'],
    ['a cell with a novel in it', `<row r="1"><c r="A1" t="str"><v>${'x'.repeat(2_000)}</v></c></row>`, 'too-large'],
    ['no text at all', '<row r="1"><c r="A1" s="1"/></row>', 'no-header'],
  ])('refuses a workbook with %s', async (_, cells, code) => {
    await expect(read(madeUpWorkbook(cells))).rejects.toMatchObject({ name: 'TableError', code });
  });

  it('takes empty cells beyond every limit for what they are', async () => {
    const table = await read(madeUpWorkbook(`${HEADER}<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="3"/></row><row r="1048576"/>`));
    expect(table.rows).toEqual([{ line: 2, cells: ['1', ''] }]);
  });

  it('refuses one row too many', async () => {
    const row = (line: number) => `<row r="${line}"><c r="A${line}"><v>${line}</v></c></row>`;
    const sheet = madeUpWorkbook(HEADER + row(2) + row(3));
    await expect(read(sheet, { maxRows: 1 })).rejects.toMatchObject({ code: 'too-many-rows' });
    expect((await read(sheet, { maxRows: 2 })).rows).toHaveLength(2);
  });

  it('refuses one text told in very many cells', async () => {
    const line = (n: number) => `<row r="${n}">${'<c t="s"><v>0</v></c>'.repeat(60)}</row>`;
    const sheet = madeUpWorkbook(Array.from({ length: 400 }, (_, i) => line(i + 1)).join(''), {
      strings: `<si><t>${'x'.repeat(1_000)}</t></si>`,
    });
    await expect(read(sheet)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('refuses a part that inflates a thousandfold, before it inflates it', async () => {
    const bomb = madeUpWorkbook(HEADER, { more: { 'xl/sharedStrings.xml': new Uint8Array(8_000_000) } });
    await expect(read(bomb)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('refuses an archive that is no workbook, and one cut off', async () => {
    await expect(read(zipSync({ 'a.txt': strToU8('a') }))).rejects.toMatchObject({ code: 'unsupported' });
    const whole = madeUpWorkbook(HEADER);
    await expect(read(whole.subarray(0, whole.length - 40))).rejects.toMatchObject({ code: 'damaged' });
  });

  it('says of an old or locked workbook what it is', async () => {
    const container = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    await expect(read(Buffer.concat([container, Buffer.alloc(600)]))).rejects.toMatchObject({ code: 'unsupported' });
    const locked = Buffer.concat([container, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
    await expect(read(locked)).rejects.toMatchObject({ code: 'encrypted' });
  });
});

describe('parseTable of a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from('票据号码,金额\r\n0041207735,"1,234.50"\r\n')],
    ['UTF-8 with its mark', Buffer.from('\ufeff票据号码;金额\n0041207735;"1,234.50"\n')],
    ['UTF-16', Buffer.from('\ufeff票据号码\t金额\r\n0041207735\t1,234.50', 'utf16le')],
    ['GB 18030', Buffer.concat([Buffer.from('c6b1beddbac5c2eb2cbdf0b6ee', 'hex'), Buffer.from('\r\n0041207735,"1,234.50"')])],
  ])('reads %s', async (_, bytes) => {
    expect(await read(bytes)).toEqual({
      header: ['票据号码', '金额'],
      rows: [{ line: 2, cells: ['0041207735', '1,234.50'] }],
      format: 'csv',
    });
  });

  it('counts lines as an editor does, and leaves out those without text', async () => {
    const { rows } = await read(Buffer.from('\na,b\n\n1, \n,\n2,x,y\n'));
    expect(rows).toEqual([
      { line: 4, cells: ['1', ''] },
      { line: 6, cells: ['2', 'x', 'y'] },
    ]);
  });

  it.each([
    ['no bytes', '', 'no-header'],
    ['a quote that does not end', 'a,b\n"1,2\n', 'damaged'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 'unsupported'],
    ['a cell with a novel in it', `a\n${'x'.repeat(2_000)}`, 'too-large'],
    ['a line without end', `a\n${'x,'.repeat(100_000)}`, 'too-large'],
  ])('refuses %s', async (_, text, code) => {
    const error: unknown = await read(Buffer.from(text, 'latin1')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TableError);
    expect(error).toMatchObject({ code });
  });

  it('refuses one row too many', async () => {
    await expect(read(Buffer.from('a\n1\n2\n'), { maxRows: 1 })).rejects.toMatchObject({ code: 'too-many-rows' });
  });
});

function read(bytes: Uint8Array, limits: Partial<TableLimits> = {}): Promise<Table> {
  return parseTable(Buffer.from(bytes), { ...TABLE_LIMITS, ...limits });
}

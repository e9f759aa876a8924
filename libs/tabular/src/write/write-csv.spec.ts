import type { Column, Row } from './column';
import { writeCsv } from './write-csv';

const COLUMNS: readonly Column[] = [
  { key: 'number', header: '票据号码', kind: 'text' },
  { key: 'amount', header: '金额', kind: 'amount' },
  { key: 'note', header: '=note', kind: 'text' },
];

describe('writeCsv', () => {
  it('writes UTF-8 with a byte order mark, CRLF, quotes where they are needed, and no formulas', async () => {
    const rows = [
      { number: '0041207735', amount: '-12.00', note: 'a "b", c' },
      { number: '0041207736', amount: null, note: '=HYPERLINK("x")' },
    ];
    expect(await written(rows)).toBe(
      `\ufeff票据号码,金额,'=note\r\n0041207735,-12.00,"a ""b"", c"\r\n0041207736,,"'=HYPERLINK(""x"")"\r\n`,
    );
  });

  it('writes every row of a long table, in pieces', async () => {
    const text = await written(Array.from({ length: 1_201 }, (_, i) => ({ number: String(i) })));
    expect(text.split('\r\n').slice(1, -1)).toEqual(Array.from({ length: 1_201 }, (_, i) => `${i},,`));
  });

  it('takes rows as they come', async () => {
    async function* rows(): AsyncIterable<Row> {
      yield await Promise.resolve({ number: '1' });
    }
    expect(await written(rows())).toContain('1,,');
  });
});

async function written(rows: Iterable<Row> | AsyncIterable<Row>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of writeCsv(COLUMNS, rows)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

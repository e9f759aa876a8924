import fc from 'fast-check';
import { writeXlsx } from '../write/write-xlsx';
import { madeUpWorkbook } from './made-up-workbook.fixture';
import { parseTable } from './parse-table';
import { TableError } from './table.error';
import { TABLE_LIMITS } from './table-limits';

const RUNS = { numRuns: 300, seed: 20_261_126 };

/** A table or a `TableError`: anything else would be an internal error to the caller. */
async function isTableOrRefusal(bytes: Buffer): Promise<void> {
  try {
    await parseTable(bytes, TABLE_LIMITS);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
  }
}

describe('parseTable of hostile bytes', () => {
  it('reads or refuses a workbook whose bytes were changed or cut', async () => {
    const whole = await writeXlsx([
      { name: 'a', columns: [{ key: 'a', header: 'a', kind: 'text' }], rows: Array.from({ length: 20 }, (_, i) => ({ a: String(i) })) },
    ]);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(whole.length), async (changes, cut) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        await isTableOrRefusal(cut % 4 === 0 ? bytes.subarray(0, cut) : bytes);
      }),
      RUNS,
    );
  });

  it('reads or refuses any markup in a sheet', async () => {
    const words = [
      '<row',
      '<c',
      '<v>',
      '</v>',
      '</c>',
      '</row>',
      '<is>',
      '<t>',
      '/>',
      '>',
      ' r="A1"',
      ' r="1"',
      ' t="s"',
      ' t="n"',
      ' s="9"',
    ];
    const odd = [
      '1',
      '1E+999',
      '-',
      '&amp;',
      '&#x0;',
      '&#x110000;',
      '&x;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '"',
      "'",
      '\u0000',
      '_x0041_',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words, ...odd), { maxLength: 40 }), (markup) =>
        isTableOrRefusal(madeUpWorkbook(markup.join(''), { strings: markup.slice(0, 10).join('') })),
      ),
      RUNS,
    );
  });

  it('reads or refuses any text as CSV', async () => {
    const cells = fc.constantFrom('"', '""', ',', ';', '\t', '\r', '\n', '票', 'a', ' ', '=', '\u0000', '\ufeff', '\ud800');
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { maxLength: 60 }), (text) => isTableOrRefusal(Buffer.from(text.join('')))),
      RUNS,
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) => isTableOrRefusal(Buffer.from(bytes))),
      RUNS,
    );
  });
});

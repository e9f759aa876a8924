import { madeUpWorkbook } from './made-up-workbook.fixture';
import { readTable } from './read-table';
import { TableError } from './table.error';

describe('readTable', () => {
  it('reads in a thread, and leaves the bytes with their owner', async () => {
    const bytes = Buffer.from('票据号码,金额\r\n0041207735,1.00\r\n');
    const whole = Buffer.from(bytes);
    expect(await readTable(bytes)).toEqual({
      header: ['票据号码', '金额'],
      rows: [{ line: 2, cells: ['0041207735', '1.00'] }],
      format: 'csv',
    });
    expect(bytes.equals(whole)).toBe(true);
  });

  it('reads one file after the other, whatever became of the one before', async () => {
    const broken = readTable(madeUpWorkbook('<row>'));
    const sound = readTable(Buffer.from('a\n1\n'));
    const error: unknown = await broken.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TableError);
    expect(error).toMatchObject({ code: 'damaged' });
    expect((await sound).rows).toHaveLength(1);
  });

  it('refuses a file with more bytes than it may have without reading it', async () => {
    await expect(readTable(Buffer.from('a\n1\n'), { maxBytes: 3 })).rejects.toMatchObject({ code: 'too-large' });
  });
});

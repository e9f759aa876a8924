import type { BatchFileQuery } from '@app/contracts';
import { readTable } from '@app/tabular';
import { unzipSync } from 'fflate';
import { type BatchFile, errorsFile, resultFile, templateFile } from './batch-files';
import { madeUpResult } from './made-up-result.fixture';

const QUERY: BatchFileQuery = { format: 'xlsx', language: 'zh-CN' };

async function bytesOf({ bytes }: BatchFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The rows of a file as objects by their headers. */
async function tableOf(file: BatchFile): Promise<Record<string, string>[]> {
  const { header, rows } = await readTable(await bytesOf(file));
  return rows.map(({ cells }) => Object.fromEntries(header.map((name, at) => [name, cells[at]!])));
}

describe('the result of a batch', () => {
  it('shows every row with what became of it, and never takes what was not told for no', async () => {
    const rows = await tableOf(resultFile(madeUpResult(), QUERY));
    expect(rows).toMatchObject([
      {
        票据号码: '0041207735',
        金额: '486.2',
        查验结论: '查验一致，未冲红',
        是否冲红: '否',
        是否入账: '未提供',
        收款单位: '测试医院',
        计费: '已计费',
      },
      { 查验结论: '不一致', 是否冲红: '', 计费: '已计费', 查验时间: '2026-07-14 00:30:00' },
      { 查验结论: '结果不明', 计费: '待对账', 是否冲红: '' },
      { 状态: '与前面的行重复 (1)', 查验结论: '查验一致，未冲红', 计费: '', 查验编号: '' },
      { 状态: '填写有误', 查验结论: '', '票据号码（原填）': '0041207735' },
      { 状态: '未能取用', 文件行号: '', 说明: '识别结果需人工确认后才能查验' },
    ]);
    expect(rows[4]!['说明']).toContain('前导零');
  });

  it('holds no formula, whatever was given, and sums up in a second sheet', async () => {
    const parts = unzipSync(await bytesOf(resultFile(madeUpResult(), QUERY)));
    const xml = Object.entries(parts).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')] as const);
    const sheets = xml.filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(2);
    for (const [, sheet] of sheets) expect(sheet).not.toMatch(/<f[ >]/);
    // Numbers are the amounts and the counts only: every other cell is a text.
    const numbers = sheets[0]![1].match(/<c r="([A-Z]+)\d+"(?: s="\d+")?><v>/g)!.map((cell) => /r="([A-Z]+)/.exec(cell)![1]);
    expect(new Set(numbers)).toEqual(new Set(['A', 'B', 'G']));
    const strings = xml.find(([name]) => name === 'xl/sharedStrings.xml')![1];
    for (const text of ['待对账金额（元）', '<t>1.00</t>', '<t>0.50</t>', '=HYPERLINK']) expect(strings).toContain(text);
  });

  it('speaks English, and starts no formula as CSV', async () => {
    const bytes = await bytesOf(resultFile(madeUpResult(), { format: 'csv', language: 'en' }));
    expect(bytes.toString('utf8')).toContain(`'=HYPERLINK`);
    const [first] = await tableOf(resultFile(madeUpResult(), { format: 'csv', language: 'en' }));
    expect(first).toMatchObject({
      'Bill number': '0041207735',
      Amount: '486.20',
      Verdict: 'Valid',
      Reversed: 'No',
      Printed: 'Not provided',
    });
  });

  it('lists the errors, each on a line of its own', async () => {
    expect(await tableOf(errorsFile(madeUpResult(), QUERY))).toMatchObject([
      { 序号: '5', 文件行号: '6', 列: '票据号码', 填写内容: '0041207735', 错误代码: 'tooShort' },
      { 序号: '6', 文件行号: '', 列: '', 错误代码: 'receipt-needs-review' },
    ]);
  });
});

describe('the template', () => {
  it('takes what is typed as text, and explains the columns in a second sheet', async () => {
    const parts = unzipSync(await bytesOf(templateFile(QUERY)));
    const sheet = Buffer.from(parts['xl/worksheets/sheet1.xml']!).toString('utf8');
    const style = /<c r="A2" s="(\d+)"\/>/.exec(sheet)![1]!;
    const styles = Buffer.from(parts['xl/styles.xml']!).toString('utf8');
    const format = [...styles.split('<cellXfs')[1]!.matchAll(/<xf ([^>]*)>/g)][Number(style)]![1]!;
    const id = /numFmtId="(\d+)"/.exec(format)![1]!;
    expect(styles).toContain(`<numFmt numFmtId="${id}" formatCode="@"/>`);
    expect(Buffer.from(parts['xl/sharedStrings.xml']!).toString('utf8')).toContain('保留前导零');
  });
});

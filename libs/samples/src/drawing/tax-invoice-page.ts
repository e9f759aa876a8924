import { Random } from '../bill/random';
import { qrCode } from './qr-code';
import { Sheet, type TextStyle } from './sheet';

const INK = '#7a3b12';
const LABEL: TextStyle = { size: 20, face: 'sans', colour: INK };
const VALUE: TextStyle = { ...LABEL, colour: '#141414' };
const LEFT = 68;
const WIDTH = 1264;

/** A made-up VAT invoice: close enough to a fiscal bill to be sent in by mistake, and to be refused. */
export function taxInvoicePage(seed: number, today: string): Sheet {
  const random = new Random(seed);
  const invoice = {
    code: `0${random.text(11)}`,
    number: random.text(8),
    date: today,
    check: random.text(20),
    netFen: random.int(10_000, 900_000),
  };
  const taxFen = Math.round(invoice.netFen * 0.06);
  const sheet = new Sheet(1400, 860);
  sheet.text('示例省增值税电子普通发票', 590, 92, { size: 36, face: 'serif', colour: INK, anchor: 'middle', spacing: 5 });
  sheet.text('国家税务总局监制', 590, 132, { ...LABEL, colour: '#d8241f', anchor: 'middle' });
  const amount = decimal(invoice.netFen);
  sheet.add(
    qrCode(
      ['01', '10', invoice.code, invoice.number, amount, today.replaceAll('-', ''), invoice.check, random.text(4, '0123456789ABCDEF')].join(
        ',',
      ),
      { x: 70, y: 44, width: 110, height: 110 },
    ),
  );
  const heads: [string, string][] = [
    ['发票代码：', invoice.code],
    ['发票号码：', invoice.number],
    ['开票日期：', invoice.date.replace(/(\d+)-(\d+)-(\d+)/, '$1年$2月$3日')],
    ['校验码：', invoice.check.replace(/(.{5})/g, '$1 ').trim()],
  ];
  for (const [index, [label, value]] of heads.entries()) pair(sheet, label, value, 950, 56 + index * 32);
  party(sheet, '购买方', ['示例科技有限公司', '91420100MA4K0X7T23'], 190);
  rows(sheet, amount, decimal(taxFen), decimal(invoice.netFen + taxFen));
  party(sheet, '销售方', ['样本信息服务有限公司', '91420100MA4K0X7T23'], 620);
  pair(sheet, '收款人：', '林示例', LEFT, 800);
  pair(sheet, '复核：', '何样本', 420, 800);
  pair(sheet, '开票人：', '陈演示', 760, 800);
  return sheet;
}

function decimal(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

function pair(sheet: Sheet, label: string, value: string, x: number, y: number): void {
  const { width } = sheet.text(label, x, y, LABEL);
  sheet.text(value, x + width, y, VALUE);
}

function party(sheet: Sheet, side: string, [name, taxNumber]: [string, string], top: number): void {
  sheet.frame({ x: LEFT, y: top, width: WIDTH, height: 120 }, INK);
  for (const [index, character] of Array.from(side).entries()) sheet.text(character, LEFT + 14, top + 38 + index * 32, LABEL);
  pair(sheet, '名称：', name, LEFT + 60, top + 48);
  pair(sheet, '纳税人识别号：', taxNumber, LEFT + 60, top + 90);
}

function rows(sheet: Sheet, net: string, tax: string, total: string): void {
  sheet.frame({ x: LEFT, y: 310, width: WIDTH, height: 310 }, INK);
  const columns: [string, string, number][] = [
    ['货物或应税劳务、服务名称', '*信息技术服务*软件服务', 90],
    ['数量', '1', 560],
    ['单价', net, 680],
    ['金额', net, 860],
    ['税率', '6%', 1040],
    ['税额', tax, 1180],
  ];
  for (const [head, value, x] of columns) {
    sheet.text(head, x, 345, LABEL);
    sheet.text(value, x, 390, VALUE);
  }
  sheet.line(LEFT, 555, LEFT + WIDTH, 555, INK);
  pair(sheet, '价税合计（小写）', `￥${total}`, 860, 598);
}

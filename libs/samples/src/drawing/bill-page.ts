import type { FieldName } from '@app/contracts';
import type { SampleBill } from '../bill/sample-bill';
import { Random } from '../bill/random';
import { drawItems, type Pen, TABLE } from './items-table';
import { drawOtherInfo } from './other-info';
import { qrCode } from './qr-code';
import { qrText, type QrForm } from './qr-text';
import { payeeSeal, supervisorSeal } from './seal';
import { Sheet, type Box, type TextStyle } from './sheet';
import { Typeface } from './typeface';

/** A bill set on paper, with the place of each printed field in sheet units. */
export interface BillPage {
  sheet: Sheet;
  boxes: Partial<Record<FieldName, Box>>;
  qrText: string | null;
}

const WIDTH = 1400;
const RIGHT_COLUMN = 862;
const LABEL_SIZE = 22;
const INKS = ['#7d1d1d', '#8a4a1f', '#222222'] as const;

/** Sets a made-up bill, on a sheet of its own unless one is given; ink, side of the code and turn of the seal follow the seed. */
export function billPage(bill: SampleBill, options: { seed: number; qr: QrForm; sheet?: Sheet }): BillPage {
  const random = new Random(options.seed);
  const ink = random.pick(INKS);
  const isCodeRight = random.next() < 0.6;
  const tall = options.sheet ?? new Sheet(WIDTH, 1600);
  const pen: Pen = { sheet: tall, ink, boxes: {} };
  const code = qrText(bill, options.qr);
  if (code) tall.add(qrCode(code, { x: isCodeRight ? 1222 : 70, y: 44, width: 110, height: 110 }));
  drawTitle(pen, bill);
  drawHead(pen, bill);
  let bottom = drawItems(pen, bill);
  bottom = drawTotal(pen, bill, bottom);
  bottom = drawOtherInfo(pen, bill.otherInfo, bottom);
  const height = drawFoot(pen, bill, bottom, random.between(-18, 18));
  return { sheet: tall.cutAt(height), boxes: pen.boxes, qrText: code };
}

function drawTitle(pen: Pen, bill: SampleBill): void {
  pen.boxes.title = pen.sheet.text(bill.title, WIDTH / 2, 92, { size: 40, face: 'serif', colour: pen.ink, anchor: 'middle', spacing: 7 });
  pen.sheet.add(supervisorSeal(WIDTH / 2, 76, bill.region.name));
}

function drawHead(pen: Pen, bill: SampleBill): void {
  const { elements } = bill;
  labelled(pen, 'billCode', '票据代码：', elements.billCode, TABLE.left, 192);
  labelled(pen, 'payerCreditCode', '交款人统一社会信用代码：', bill.payerCreditCode, TABLE.left, 231);
  labelled(pen, 'payer', '交款人：', bill.payer, TABLE.left, 270);
  labelled(pen, 'billNumber', '票据号码：', elements.billNumber, RIGHT_COLUMN, 192);
  labelled(pen, 'checkCode', '校验码：', elements.checkCode, RIGHT_COLUMN, 231);
  labelled(pen, 'issueDate', '开票日期：', elements.issueDate, RIGHT_COLUMN, 270);
}

function labelled(pen: Pen, field: FieldName, label: string, value: string, x: number, y: number): void {
  const style: TextStyle = { size: LABEL_SIZE, face: 'sans', colour: pen.ink };
  const { width } = pen.sheet.text(label, x, y, style);
  pen.boxes[field] = pen.sheet.text(value, x + width, y, { ...style, colour: '#141414' });
}

function drawTotal(pen: Pen, bill: SampleBill, top: number): number {
  const { sheet, ink } = pen;
  const height = 44;
  const baseline = top + 30;
  const label: TextStyle = { size: LABEL_SIZE, face: 'sans', colour: ink };
  const value: TextStyle = { ...label, colour: '#141414' };
  sheet.frame({ x: TABLE.left, y: top, width: TABLE.width, height }, ink);
  const words = sheet.text('金额合计（大写）', TABLE.left + 10, baseline, label);
  pen.boxes.totalAmountInWords = sheet.text(bill.totalAmountInWords, words.x + words.width + 14, baseline, value);
  const figures = sheet.text('（小写）', RIGHT_COLUMN + 60, baseline, label);
  pen.boxes.totalAmount = sheet.text(`￥${bill.elements.totalAmount}`, figures.x + figures.width + 8, baseline, value);
  return top + height;
}

/** The last lines, with the unit's seal over its name; answers where the paper ends. */
function drawFoot(pen: Pen, bill: SampleBill, top: number, turnDegrees: number): number {
  const baseline = top + 44;
  labelled(pen, 'payee', '收款单位（章）：', bill.payee, TABLE.left, baseline);
  labelled(pen, 'reviewer', '复核人：', bill.reviewer, 790, baseline);
  labelled(pen, 'cashier', '收款人：', bill.cashier, 1090, baseline);
  const payeeEnd = TABLE.left + Typeface.named('sans').width(`收款单位（章）：${bill.payee}`, LABEL_SIZE);
  pen.sheet.add(payeeSeal(payeeEnd + 30, baseline - 22, bill.payee, turnDegrees));
  const note = '本票据为示例样张，票面内容纯属虚构，不作任何凭证使用。';
  pen.sheet.text(note, TABLE.left, baseline + 92, { size: 17, face: 'serif', colour: '#777777' });
  return baseline + 128;
}

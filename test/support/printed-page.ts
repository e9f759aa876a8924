import type { EvidenceLine, EvidencePage } from '@app/bills';

/** Pixels a full-width character takes in these made-up prints; figures and Latin letters take half. */
const EM = 30;

/** One line as an OCR engine would give it, without doubt about any character. */
export function line(
  text: string,
  x: number,
  y: number,
  options: { size?: number; confidence?: number; tilt?: number } = {},
): EvidenceLine {
  const { size = EM, confidence = 1, tilt = 0 } = options;
  const widths = Array.from(text, (char) => (/[\u0020-\u00ff]/u.test(char) ? size / 2 : size));
  const width = widths.reduce((sum, each) => sum + each, 0);
  let at = 0;
  const chars = Array.from(text, (char, i) => {
    const step = widths[i] ?? 0;
    at += step;
    return { text: char, confidence, x: at - step / 2, alternatives: [] };
  });
  const rise = Math.tan(tilt) * width;
  const quad = [
    [x, y],
    [x + width, y + rise],
    [x + width, y + rise + size],
    [x, y + size],
  ];
  return { text, quad, confidence, chars };
}

/** A copy of a line in which one character is doubtful, has a rival reading, or another is preferred. */
export function doubtful(
  original: EvidenceLine,
  index: number,
  change: Partial<Pick<EvidenceLine['chars'][number], 'confidence' | 'alternatives' | 'preferred'>>,
): EvidenceLine {
  return { ...original, chars: original.chars.map((char, i) => (i === index ? { ...char, ...change } : char)) };
}

/** A page with these lines and QR codes on it. */
export function page(lines: EvidenceLine[], qrTexts: string[] = [], number = 1): EvidencePage {
  const codes = qrTexts.map((text) => ({ format: 'QRCode', text }));
  return { number, source: 'ocr', width: 1800, height: 1000, turned: 0, lines, codes, seals: [] };
}

/** What is printed on the made-up bill of `bill`; every value can be replaced. */
export interface BillText {
  title: string;
  billCode: string;
  billNumber: string;
  checkCode: string;
  issueDate: string;
  payer: string;
  payerCreditCode: string;
  words: string;
  figures: string;
  payee: string;
  rows: [name: string, quantity: string, amount: string][];
}

const OUTPATIENT: BillText = {
  title: '江苏省医疗门诊收费票据（电子）',
  billCode: '32060126',
  billNumber: '0019304458',
  checkCode: '5d07ea',
  issueDate: '2026-04-09',
  payer: '林晓青',
  payerCreditCode: '**************0021',
  words: '肆佰捌拾陆元贰角整',
  figures: '486.20',
  payee: '虹桥镇卫生院',
  rows: [
    ['检查费', '1/次', '300.00'],
    ['化验费', '2/项', '186.20'],
  ],
};

/** The lines of a made-up medical bill, 1700 by 800 pixels from its left top corner. */
export function bill(changes: Partial<BillText> = {}, left = 50, top = 20): EvidenceLine[] {
  const text = { ...OUTPATIENT, ...changes };
  const at = (value: string, x: number, y: number, size?: number) => line(value, left + x, top + y, size === undefined ? {} : { size });
  return [
    at(text.title, 500, 0, 50),
    at(`票据代码：${text.billCode}`, 0, 100),
    at(`票据号码：${text.billNumber}`, 1100, 100),
    at(`交款人统一社会信用代码：${text.payerCreditCode}`, 0, 150),
    at(`校验码：${text.checkCode}`, 1100, 150),
    at(`交款人：${text.payer}`, 0, 200),
    at(`开票日期：${text.issueDate}`, 1100, 200),
    ...[0, 850].flatMap((x) => [
      at('项目名称', x + 100, 260),
      at('数量/单位', x + 350, 260),
      at('金额（元）', x + 550, 260),
      at('备注', x + 740, 260),
    ]),
    ...text.rows.flatMap(([name, quantity, amount], i) => {
      const x = (i % 2) * 850;
      const y = 310 + Math.floor(i / 2) * 50;
      return [
        at(name, x + 10, y),
        ...(quantity === '' ? [] : [at(quantity, x + 340, y)]),
        ...(amount === '' ? [] : [at(amount, x + 700 - amount.length * 15, y)]),
      ];
    }),
    at(`金额合计（大写）${text.words}`, 10, 520),
    at(`（小写）${text.figures}`, 1100, 520),
    at('其他信息：', 10, 570),
    at('业务流水号：90210044 门诊号：5512 就诊日期：20260408', 170, 570),
    at(`收款单位（章）：${text.payee}`, 0, 680),
    at('复核人：80138', 800, 680),
    at('收款人：周敏', 1300, 680),
  ];
}

/** Replaces the line that begins with a text by others. */
export function replaced(lines: EvidenceLine[], start: string, by: (found: EvidenceLine) => EvidenceLine[]): EvidenceLine[] {
  return lines.flatMap((each) => (each.text.startsWith(start) ? by(each) : [each]));
}

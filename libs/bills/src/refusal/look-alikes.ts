import { parseQrPayload } from '../codes/qr-payload';
import type { EvidencePage } from '../evidence';
import type { BillPrint } from '../read-page';
import { foldText } from '../text/folding';
import type { RefusalCode } from './refusals';

/** Wording that tells what a document is that looks like a bill and is none, the most telling first. */
const WORDING: readonly (readonly [RegExp, RefusalCode])[] = [
  [/区块链/u, 'blockchain-invoice'],
  [/电子发票\((增值税|普通|专用|通行费|铁路|航空)/u, 'digital-invoice'],
  [/增值税|价税合计|税额|通用(机打|电子)?发票|国家税务总局/u, 'tax-invoice'],
  [/行程单|电子客票|限乘当日|报销凭证.{0,6}遗失不补|检票:?|二等座|一等座|硬座|硬卧|登机牌/u, 'transport-ticket'],
  [/(费用|收费|用药|住院|门诊)[\p{Script=Han}]{0,4}(清单|明细)/u, 'fee-list'],
  [/发票/u, 'tax-invoice'],
];

/** Fewer recognised characters than this are specks: a blank page or a picture without a document. */
const FEWEST_CHARACTERS = 4;

/** Fields whose labels only bills print. */
const BILL_ROLES: ReadonlySet<string> = new Set(['billCode', 'billNumber', 'checkCode', 'payer', 'payee', 'payerCreditCode']);

/** Whether the print has enough of a fiscal bill to be read as one, however badly. */
export function looksLikeFiscalBill(print: BillPrint, today: string): boolean {
  const fiscalCode = print.page.codes.some((code) => parseQrPayload(code.text, today).kind === 'fiscal');
  const roles = new Set(print.rows.flatMap(({ labels }) => labels.filter(isFiscalLabel).map(({ label }) => label.role)));
  return print.title !== null || fiscalCode || roles.has('billCode') || roles.has('billNumber') || roles.size >= 2;
}

/** Tax invoices call theirs 发票代码 and 发票号码, and a notice to pay (缴款通知书) names the office and the payer too. */
function isFiscalLabel({ label }: { label: { role: string; text: string } }): boolean {
  return (
    BILL_ROLES.has(label.role) &&
    !/发票|统一社会信用代码$|识别号|^开票单位|^付款人|^执收单位名称/u.test(label.text.replace(/^[交缴]款人统一/u, ''))
  );
}

/** What a text calls the document it stands in; null when it names none that is known. */
export function wordingOf(text: string): RefusalCode | null {
  const folded = text.split('\n').map(foldText).join('\n');
  return WORDING.find(([wording]) => wording.test(folded))?.[1] ?? null;
}

/** What a page without a fiscal bill is instead. */
export function nameLookAlike(page: EvidencePage, today: string): RefusalCode {
  if (page.codes.some((code) => parseQrPayload(code.text, today).kind === 'tax')) return 'tax-invoice';
  const text = page.lines.map((line) => line.text).join('\n');
  const named = wordingOf(text);
  if (named) return named;
  return Array.from(foldText(text)).length < FEWEST_CHARACTERS ? 'blank-page' : 'not-a-bill';
}

/** A page with a tax invoice's own wording is none of ours, even where some labels are alike. */
export function isTaxInvoice(print: BillPrint, today: string): boolean {
  if (print.page.codes.some((code) => parseQrPayload(code.text, today).kind === 'tax')) return true;
  const text = print.rows.map(({ row }) => row.text).join('\n');
  return print.title === null && /增值税|价税合计|税率|税额|电子发票/u.test(text);
}

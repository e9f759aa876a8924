import { BILL_KINDS, BILL_STATES, type LocalizedText, ORIGINAL_KINDS, shanghaiSecond } from '@app/contracts';
import type { Column, Row } from '@app/tabular';
import { type Bill, yuan } from './bill';

type Language = keyof LocalizedText;

interface BillColumn extends Omit<Column, 'header'> {
  header: LocalizedText;
  valueOf: (bill: Bill, language: Language) => string | null;
}

const column = (
  key: string,
  [zh, en]: readonly [string, string],
  valueOf: BillColumn['valueOf'],
  more: { kind?: Column['kind']; width?: number } = {},
): BillColumn => ({ key, header: { 'zh-CN': zh, en }, valueOf, kind: more.kind ?? 'text', width: more.width ?? 14 });

const FLAG: Readonly<Record<Language, { yes: string; no: string; unknown: string }>> = {
  'zh-CN': { yes: '是', no: '否', unknown: '未提供' },
  en: { yes: 'yes', no: 'no', unknown: 'not provided' },
};

const COLUMNS: readonly BillColumn[] = [
  column('state', ['状态', 'State'], ({ state }, language) => BILL_STATES[state][language]),
  column('kind', ['票据种类', 'Kind'], ({ kind }, language) => (kind === null ? null : BILL_KINDS[kind][language]), { width: 20 }),
  column('title', ['票据名称', 'Title'], ({ title }) => title, { width: 34 }),
  column('billCode', ['票据代码', 'Bill code'], ({ billCode }) => billCode),
  column('billNumber', ['票据号码', 'Bill number'], ({ billNumber }) => billNumber),
  column('checkCode', ['校验码', 'Check code'], ({ checkCode }) => checkCode, { width: 10 }),
  column('issueDate', ['开票日期', 'Issue date'], ({ issueDate }) => issueDate, { kind: 'date', width: 12 }),
  column('totalAmount', ['金额合计（小写）', 'Total amount'], ({ amountFen }) => (amountFen === null ? null : yuan(amountFen)), {
    kind: 'amount',
  }),
  column('payee', ['收款单位', 'Payee'], ({ payee }) => payee, { width: 34 }),
  column('verifiedAt', ['最近查验时间', 'Verified at'], ({ verifiedAt }) => (verifiedAt === null ? null : shanghaiSecond(verifiedAt)), {
    width: 20,
  }),
  column('reversed', ['冲红', 'Reversed'], ({ reversed }, language) => flag(reversed, language), { width: 10 }),
  column('accounted', ['渠道入账标识', 'Accounted (provider)'], ({ accounted }, language) => flag(accounted, language)),
  column('printed', ['打印', 'Printed'], ({ printed }, language) => flag(printed, language), { width: 10 }),
  column('receiptCount', ['影像份数', 'Uploads'], ({ receiptCount }) => String(receiptCount), { kind: 'integer', width: 10 }),
  column('contradicted', ['影像与查验矛盾', 'Contradicted'], ({ isContradicted }, language) => flag(isContradicted, language)),
  column('voucher', ['入账凭证号', 'Voucher'], ({ booking }) => booking?.voucher ?? null, { width: 20 }),
  column('bookedBy', ['入账人', 'Booked by'], ({ booking }) => booking?.byName ?? null),
  column('bookedAt', ['入账时间', 'Booked at'], ({ booking }) => (booking === null ? null : shanghaiSecond(booking.at)), { width: 20 }),
  column('originalKind', ['原件类型', 'Original'], ({ originalKind }, language) =>
    originalKind === null ? null : ORIGINAL_KINDS[originalKind][language],
  ),
  column('archiveLocation', ['归档位置', 'Kept at'], ({ archiveLocation }) => archiveLocation, { width: 20 }),
  column('firstSeenAt', ['首次登记时间', 'First seen at'], ({ firstSeenAt }) => shanghaiSecond(firstSeenAt), { width: 20 }),
];

/** The columns of an exported ledger. */
export function billColumns(language: Language): Column[] {
  return COLUMNS.map(({ key, header, kind, width }) => ({ key, header: header[language], kind, ...(width !== undefined && { width }) }));
}

/** A bill as a row of it. Times are those of Shanghai. */
export function billRowOf(bill: Bill, language: Language): Row {
  return Object.fromEntries(COLUMNS.map(({ key, valueOf }) => [key, valueOf(bill, language)]));
}

function flag(value: boolean | null, language: Language): string {
  if (value === null) return FLAG[language].unknown;
  return value ? FLAG[language].yes : FLAG[language].no;
}

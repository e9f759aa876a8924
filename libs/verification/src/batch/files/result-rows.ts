import { type BatchFileQuery, type BatchRowState, type Charge, type LocalizedText, shanghaiSecond, type Verdict } from '@app/contracts';
import { BATCH_COLUMNS } from '@app/contracts';
import type { Column, Row } from '@app/tabular';
import { messageOf } from '../../messages';
import { verdictOf } from '../../verdict';
import type { Verification } from '../../verification.entity';
import type { BatchRow } from '../batch-row.entity';
import { BATCH_HEADERS } from '../batch-columns';
import { problemsOf } from '../row-problems';
import type { VerificationBatch } from '../verification-batch.entity';

type Language = BatchFileQuery['language'];

/** A row and its verification; null where it was never asked. */
export interface ResultRow {
  row: BatchRow;
  verification: Verification | null;
}

/** A batch with all its rows. */
export interface BatchResult {
  batch: VerificationBatch;
  rows: ResultRow[];
}

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en });

export const VERDICT_TEXTS: Readonly<Record<Verdict, LocalizedText>> = {
  valid: text('查验一致，未冲红', 'Valid'),
  reversed: text('已冲红', 'Reversed'),
  reversalNotProvided: text('查验一致，冲红状态未提供', 'Matches; reversal not provided'),
  mismatch: text('不一致', 'Mismatch'),
  notFound: text('查无此票', 'Not found'),
  unknown: text('结果不明', 'Unknown'),
  none: text('无结论', 'No verdict'),
};

export const STATE_TEXTS: Readonly<Record<BatchRowState, LocalizedText>> = {
  error: text('填写有误', 'Has errors'),
  duplicate: text('与前面的行重复', 'Repeats an earlier row'),
  skipped: text('未能取用', 'Skipped'),
  pending: text('待查验', 'To be asked'),
  begun: text('查验中', 'Under way'),
  ended: text('已结束', 'Ended'),
  refused: text('未受理', 'Refused'),
  cancelled: text('已取消', 'Cancelled'),
};

export const CHARGE_TEXTS: Readonly<Record<Charge, LocalizedText>> = {
  charged: text('已计费', 'Charged'),
  notCharged: text('未计费', 'Not charged'),
  unknown: text('待对账', 'To be reconciled'),
};

const NOT_PROVIDED = text('未提供', 'Not provided');
const YES = text('是', 'Yes');
const NO = text('否', 'No');

const HEADERS = {
  number: text('序号', 'No.'),
  line: text('文件行号', 'Line'),
  receiptId: text('票据影像编号', 'Receipt id'),
  state: text('状态', 'State'),
  verdict: text('查验结论', 'Verdict'),
  outcome: text('结果代码', 'Outcome'),
  message: text('说明', 'Message'),
  reversed: text('是否冲红', 'Reversed'),
  accounted: text('是否入账', 'Accounted'),
  printed: text('是否打印', 'Printed'),
  payee: text('收款单位', 'Payee'),
  charge: text('计费', 'Charge'),
  verificationId: text('查验编号', 'Verification id'),
  finishedAt: text('查验时间', 'Verified at'),
} as const;

const GIVEN = text('（原填）', ' (as given)');

/** The columns of a result, in a language. */
export function resultColumns(language: Language): Column[] {
  const column = (key: keyof typeof HEADERS, kind: Column['kind'] = 'text', width?: number): Column => ({
    key,
    header: HEADERS[key][language],
    kind,
    ...(width !== undefined && { width }),
  });
  const given = BATCH_COLUMNS.filter((name) => name !== 'reference').map((name): Column => ({
    key: `given.${name}`,
    header: `${BATCH_HEADERS[name][language]}${GIVEN[language]}`,
    kind: 'text',
  }));
  const elements = BATCH_COLUMNS.map((name): Column => ({ key: name, header: BATCH_HEADERS[name][language], kind: kindOf(name) }));
  return [
    ...[column('number', 'integer', 8), column('line', 'integer', 8), ...elements],
    ...[column('state'), column('verdict', 'text', 24), column('outcome'), column('message', 'text', 60)],
    ...[column('reversed', 'text', 10), column('accounted', 'text', 10), column('printed', 'text', 10), column('payee', 'text', 32)],
    ...[column('charge', 'text', 10), column('finishedAt', 'text', 22), column('verificationId', 'text', 38)],
    ...[column('receiptId', 'text', 38), ...given],
  ];
}

/** The rows of a result as `resultColumns` names them. A repeated row shows the answer of the row that it repeats, and no charge. */
export function resultRows({ rows }: BatchResult, language: Language): Row[] {
  const byNumber = new Map(rows.map((each) => [each.row.number, each]));
  return rows.map(({ row, verification }) => {
    const told = verification ?? byNumber.get(row.duplicateOf ?? 0)?.verification ?? null;
    return { ...givenCells(row), ...(told === null ? {} : toldCells(told, language)), ...ownCells({ row, verification }, told, language) };
  });
}

function ownCells({ row, verification }: ResultRow, told: Verification | null, language: Language): Row {
  const problems = problemsOf(row).map(({ message }) => message[language]);
  const message = problems.length > 0 ? problems.join(language === 'zh-CN' ? '；' : '; ') : told && messageOf(told)[language];
  const state = STATE_TEXTS[row.state][language];
  return {
    number: String(row.number),
    line: row.line === null ? null : String(row.line),
    receiptId: row.receiptId,
    reference: row.reference,
    ...(row.elements ?? namedBy(told)),
    state: row.duplicateOf === null ? state : `${state} (${row.duplicateOf})`,
    message,
    charge: verification?.charge ? CHARGE_TEXTS[verification.charge][language] : null,
    verificationId: verification?.id ?? null,
  };
}

/** Which bill it was, once the cells were erased; the check code, by which anybody could look it up, is gone from the file. */
function namedBy(told: Verification | null): Row {
  if (told === null) return {};
  const { billCode, billNumber, issueDate, totalAmount } = told;
  return { billCode, billNumber, issueDate, totalAmount };
}

function givenCells({ given }: BatchRow): Row {
  if (given === null) return {};
  return Object.fromEntries(BATCH_COLUMNS.map((name) => [`given.${name}`, given[name]]));
}

function toldCells(told: Verification, language: Language): Row {
  const { outcome, toldFace: face, finishedAt } = told;
  const hasFace = outcome === 'MATCH';
  return {
    verdict: told.isOpen ? null : VERDICT_TEXTS[verdictOf(told)][language],
    outcome,
    reversed: hasFace ? flag(face?.reversed ?? null, language) : null,
    accounted: hasFace ? flag(face?.accounted ?? null, language) : null,
    printed: hasFace ? flag(face?.printed ?? null, language) : null,
    payee: face?.payee ?? null,
    finishedAt: finishedAt && shanghaiSecond(finishedAt),
  };
}

/** What a provider does not tell is never shown as no. */
function flag(value: boolean | null, language: Language): string {
  if (value === null) return NOT_PROVIDED[language];
  return (value ? YES : NO)[language];
}

function kindOf(name: (typeof BATCH_COLUMNS)[number]): Column['kind'] {
  if (name === 'totalAmount') return 'amount';
  return name === 'issueDate' ? 'date' : 'text';
}

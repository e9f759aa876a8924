import { ELEMENT_NAMES, type BillReading, type FieldName, type FieldReading } from '@app/contracts';
import Table from 'cli-table3';
import type { FileReading } from './read-files';

const LABELS: Record<FieldName, string> = {
  title: '票据名称',
  billCode: '票据代码',
  billNumber: '票据号码',
  checkCode: '校验码',
  issueDate: '开票日期',
  totalAmount: '金额',
  totalAmountInWords: '大写',
  payer: '交款人',
  payerCreditCode: '统一社会信用代码',
  payee: '收款单位',
  reviewer: '复核人',
  cashier: '收款人',
  payerAgent: '代交款人',
  payerAccount: '付款人账号',
  payerBank: '付款人开户行',
  payeeCode: '执收单位编码',
  payeeAccountName: '收款人全称',
  payeeAccount: '收款人账号',
  payeeBank: '收款人开户行',
  operator: '经办人',
  payCode: '缴款码',
};

const FIELD_NAMES = Object.keys(LABELS) as FieldName[];

/** One file's reading for people: every bill with its fields, rows and reasons. */
export function formatReading(result: FileReading): string {
  if (result.error !== undefined) return `${result.file}\n  failed: ${result.error}`;
  const head = `${result.file}  ${result.decision}  ${Math.round(result.timings.totalMs ?? 0)} ms`;
  if (result.refusal) return `${head}\n  ${result.refusal.message['zh-CN']} (${result.refusal.message.en})`;
  return [head, ...result.bills.map(formatBill)].join('\n');
}

function formatBill(bill: BillReading): string {
  return [
    `page ${bill.page}  ${bill.kind}  ${bill.decision}`,
    fieldTable(bill),
    ...bill.items.map(({ itemName, amount }) => `  · ${itemName} ${amount}`),
    ...(bill.otherInfo.length > 0 ? [`  ${bill.otherInfo.map(({ cn, value }) => `${cn}：${value}`).join('  ')}`] : []),
    ...bill.signatures.map(({ kind, state, signer }) => `  ✎ ${kind} ${state}${signer === null ? '' : ` (${signer})`}`),
    ...bill.reasons.map(({ message, code }) => `  ! ${message['zh-CN']} [${code}]`),
  ].join('\n');
}

/** The elements always, since a missing one matters; the other fields where the bill has them. */
function fieldTable(bill: BillReading): string {
  const table = new Table({ head: ['字段', '值', '来源', '置信度', '印证', '存疑'], style: { head: [], border: [] } });
  for (const name of FIELD_NAMES) {
    const field = bill.fields[name];
    if (field) table.push([LABELS[name], field.value, field.source, shownConfidence(field.confidence), witnesses(field), doubts(field)]);
    else if (isElement(name)) table.push([LABELS[name], '—', '—', '—', '', '']);
  }
  return table.toString();
}

function isElement(name: FieldName): boolean {
  return (ELEMENT_NAMES as readonly FieldName[]).includes(name);
}

function witnesses({ confirmedBy, contradictedBy }: FieldReading): string {
  return [...confirmedBy, ...contradictedBy.map((witness) => `≠${witness}`)].join(' ');
}

/** `3: 0/o` where the third character may be an o. */
function doubts({ value, doubts: marked }: FieldReading): string {
  const characters = Array.from(value);
  return marked
    .map(({ index, alternatives }) => `${index + 1}: ${[characters[index] ?? '', ...alternatives.map(({ text }) => text)].join('/')}`)
    .join(' ');
}

/** Three decimals that never round up to certainty: only 1 is shown as 1.000. */
function shownConfidence(confidence: number): string {
  return (Math.floor(confidence * 1000) / 1000).toFixed(3);
}

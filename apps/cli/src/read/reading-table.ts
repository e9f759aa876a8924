import { ELEMENT_NAMES, type BillReading, type ElementName } from '@app/contracts';
import Table from 'cli-table3';
import type { FileReading } from './read-files';

const LABELS: Record<ElementName, string> = {
  billCode: '票据代码',
  billNumber: '票据号码',
  checkCode: '校验码',
  issueDate: '开票日期',
  totalAmount: '金额',
};

/** One file's reading for people. */
export function formatReading(result: FileReading): string {
  if (result.error !== undefined) return `${result.file}\n  failed: ${result.error}`;
  const head = `${result.file}  ${result.decision}  ${Math.round(result.timings.totalMs ?? 0)} ms`;
  if (result.refusal) return `${head}\n  ${result.refusal.message['zh-CN']} (${result.refusal.message.en})`;
  return [head, ...result.bills.map(formatBill)].join('\n');
}

function formatBill(bill: BillReading): string {
  const table = new Table({ head: ['要素', '值', '来源', '置信度', '印证'], style: { head: [], border: [] } });
  for (const name of ELEMENT_NAMES) {
    const field = bill.fields[name];
    table.push([
      LABELS[name],
      bill.elements[name] ?? '—',
      field?.source ?? '—',
      field ? shownConfidence(field.confidence) : '—',
      field?.confirmedBy.join(' ') ?? '',
    ]);
  }
  const others = [
    bill.fields.title?.value ?? bill.kind,
    `交款人 ${bill.fields.payer?.value ?? '—'}`,
    `收款单位 ${bill.fields.payee?.value ?? '—'}`,
  ];
  const items = bill.items.map(({ itemName, amount }) => `  · ${itemName} ${amount}`);
  const reasons = bill.reasons.map(({ message, code }) => `  ! ${message['zh-CN']} [${code}]`);
  return [others.join('  '), table.toString(), ...items, ...reasons].join('\n');
}

/** Three decimals that never round up to certainty: only 1 is shown as 1.000. */
function shownConfidence(confidence: number): string {
  return (Math.floor(confidence * 1000) / 1000).toFixed(3);
}

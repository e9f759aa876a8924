import { type DifferenceKind, DIFFERENCES, formatYuan, type ReconciliationReport } from '@app/verification';
import Table from 'cli-table3';

/** A comparison for people: what was settled, every difference, and the whole in one line. */
export function reconciliationTable(report: ReconciliationReport): string {
  const parts = [summaryOf(report)];
  if (report.settlements.length > 0) parts.push(settlementTable(report));
  if (report.differences.length > 0) parts.push(differenceTable(report), countsOf(report));
  return parts.join('\n');
}

function summaryOf(report: ReconciliationReport): string {
  const { provider, lines, attempts, pairs, settlements, differences, isRepeated } = report;
  const figures = `${provider}: 账单 lines ${lines} · 调用 calls ${attempts} · 对上 matched ${pairs} · 核销 settled ${settlements.length} · 差异 differences ${differences.length}`;
  const note = isRepeated ? '该账单已对账,无变化 (applied before: nothing changed)' : noteOf(report);
  return note === null ? figures : `${figures}\n${note}`;
}

function noteOf({ isApplied, settlements, differences }: ReconciliationReport): string | null {
  if (!isApplied && settlements.length > 0) return '试运行,未写入:加 --apply 核销 (dry run: nothing was written, --apply settles)';
  return differences.length === 0 ? '账实一致 (both agree)' : null;
}

function settlementTable({ settlements }: ReconciliationReport): string {
  const table = new Table({ head: ['调用 attempt', '票据 bill', '行 line', '结果 charge', '返回码 code', '费用 yuan'], style: PLAIN });
  for (const { attemptId, bill, line, charge, providerCode, feeHao } of settlements)
    table.push([
      attemptId,
      bill,
      line === null ? '未列出 absent' : String(line),
      charge === 'charged' ? '计费 charged' : '未计费 notCharged',
      providerCode ?? '',
      feeHao === null ? '' : formatYuan(feeHao),
    ]);
  return table.toString();
}

function differenceTable({ differences }: ReconciliationReport): string {
  const table = new Table({ head: ['行 line', '调用 attempt', '票据 bill', '差异 difference', '说明 detail'], style: PLAIN });
  for (const { kind, line, attemptId, bill, detail } of differences)
    table.push([line === null ? '' : String(line), attemptId ?? '', bill ?? '', labelOf(kind), detail]);
  return table.toString();
}

function countsOf({ differences }: ReconciliationReport): string {
  const counts = new Map<DifferenceKind, number>();
  for (const { kind } of differences) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} × ${labelOf(kind)}`).join('\n');
}

function labelOf(kind: DifferenceKind): string {
  return `${DIFFERENCES[kind]['zh-CN']} (${DIFFERENCES[kind].en})`;
}

const PLAIN = { head: [], border: [] };

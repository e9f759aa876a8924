import { shanghaiSecond } from '@app/contracts';
import type { LedgerLine } from './ledger';

const COLUMNS = ['调用时间', '任务号', '票据代码', '票据号码', '返回码', '是否计费', '费用'];
const NOTHING = '0.00';

/** A provider's bill for its calls, as it hands one to a customer: CSV in UTF-8 with a byte order mark, times of Asia/Shanghai. */
export function writeStatement(lines: readonly LedgerLine[], feeYuan: string): string {
  const rows = lines
    // Whoever could not prove an account is nobody's customer.
    .filter((line) => line.reached && (line.billCode !== '' || line.billNumber !== ''))
    .map((line) => [
      shanghaiSecond(new Date(line.at)),
      line.taskNumber,
      line.billCode,
      line.billNumber,
      line.code,
      line.charged ? '是' : '否',
      line.charged ? feeYuan : NOTHING,
    ]);
  return `\uFEFF${[COLUMNS, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`;
}

/** What a caller asked for may hold anything. */
function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

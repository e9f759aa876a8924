import { type Outcome, yearBefore } from '@app/contracts';

/** The five elements as a caller wrote them, whatever they look like. */
export interface AskedBill {
  billCode: string;
  billNumber: string;
  checkCode: string;
  issueDate: string;
  totalAmount: string;
}

/** Why a provider would not look the bill up, or null. `today` is a day of Asia/Shanghai; the anniversary itself is still inside the window. */
export function refusalOf(asked: AskedBill, today: string): Outcome | null {
  if (Object.values(asked).some((value) => value === '')) return 'MISSING_PARAM';
  if (asked.billCode.length !== 8 || asked.billNumber.length !== 10 || asked.checkCode.length !== 6) return 'BAD_LENGTH';
  if (!/^\d{18}[0-9A-Za-z]{6}$/.test(asked.billCode + asked.billNumber + asked.checkCode)) return 'BAD_PARAM';
  if (!isDay(asked.issueDate) || !/^\d+\.\d{2}$/.test(asked.totalAmount)) return 'BAD_PARAM';
  if (asked.issueDate > today) return 'FUTURE_DATE';
  return asked.issueDate < yearBefore(today) ? 'OVER_WINDOW' : null;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

import type { ReceiptTruth } from './truth';

/** What is looked for in a page's text; the first five are the elements. */
export const MARKS = ['code', 'number', 'check', 'date', 'amount', 'words', 'payer', 'payee'] as const;
export type Mark = (typeof MARKS)[number];

const ELEMENTS: readonly Mark[] = ['code', 'number', 'check', 'date', 'amount'];

/** Which marks stand verbatim in the lines, and how many item rows do with name and amount. */
export interface Score {
  found: Record<Mark, boolean>;
  allElements: boolean;
  itemsFound: number;
  items: number;
}

/** Scores raw lines; white space and thousands separators do not count, and a mark must stand within one line. */
export function scoreLines(lines: readonly string[], truth: ReceiptTruth): Score {
  const text = lines.map(squeeze).join('\n');
  const has = (value: string) => text.includes(squeeze(value));
  const found: Record<Mark, boolean> = {
    code: has(truth.code),
    number: has(truth.number),
    check: has(truth.checkCode),
    date: dateForms(truth.issueDate).some(has),
    amount: has(truth.amount),
    words: has(truth.amountCN),
    payer: has(truth.payer),
    payee: has(truth.payee),
  };
  return {
    found,
    allElements: ELEMENTS.every((mark) => found[mark]),
    itemsFound: truth.items.filter(({ name, amount }) => has(name) && has(amount)).length,
    items: truth.items.length,
  };
}

function squeeze(text: string): string {
  return text.replace(/[\s,，]/gu, '');
}

function dateForms(isoDate: string): string[] {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  const unpadded = (part: string) => part.replace(/^0/u, '');
  return [
    ...['-', '.', '/', ''].map((separator) => [year, month, day].join(separator)),
    `${year}年${month}月${day}日`,
    `${year}年${unpadded(month)}月${unpadded(day)}日`,
  ];
}

import type { LocalizedText } from '@app/contracts';

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en });

/** Everything in which a statement and our ledger can differ. Nothing of it is changed here: a person looks at it. */
export const DIFFERENCES = {
  lineWithoutAttempt: text('账单有,台账无', 'In the statement, but no call of ours'),
  attemptNotInStatement: text('台账已计费,账单无', 'Charged here, but not in the statement'),
  chargedThereNotHere: text('账单计费,台账未计费', 'Charged there, but not charged here'),
  chargedHereNotThere: text('台账计费,账单未计费', 'Charged here, but free there'),
  feeDiffers: text('费用与合同价不同', 'Another fee than the price of the contract'),
  priceNotSet: text('未录入合同价', 'No price of the contract was entered'),
  unknownNotCovered: text('待核销,账单未能证明', 'Unknown, and the statement proves nothing of it'),
  ambiguous: text('无法唯一对应', 'Fits several lines that differ'),
  stillOpen: text('调用尚未结束', 'The attempt is still under way here'),
  unreadableRow: text('账单行无法读取', 'The row cannot be read'),
  changedMeanwhile: text('核销时状态已改变', 'Settled otherwise while this ran'),
} as const satisfies Record<string, LocalizedText>;
export type DifferenceKind = keyof typeof DIFFERENCES;

/** One difference. It names attempts and lines, never elements: a bill is the beginning of its keyed hash. */
export interface Difference {
  kind: DifferenceKind;
  line: number | null;
  attemptId: string | null;
  bill: string | null;
  detail: string;
}

/** The order in which differences are told: by line, then by attempt. */
export function byPlace(a: Difference, b: Difference): number {
  return (a.line ?? Infinity) === (b.line ?? Infinity)
    ? compare(a.attemptId ?? '', b.attemptId ?? '') || compare(a.kind, b.kind)
    : (a.line ?? Infinity) - (b.line ?? Infinity);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

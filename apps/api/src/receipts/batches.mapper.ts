import { type BatchView, type ProblemBrief, PROBLEMS, type ProblemError } from '@app/contracts';
import type { BatchResult } from '@app/receipts';

/** What became of a batch, as the API shows it. */
export function toBatchView({ id, items, problem }: BatchResult): BatchView {
  return {
    id,
    items: items.map((item) => ({ name: item.name, receiptId: item.receiptId, problem: item.problem && brief(item.problem) })),
    problem: problem && brief(problem),
  };
}

function brief({ code }: ProblemError): ProblemBrief {
  return { code, message: PROBLEMS[code].message };
}

import type { z } from 'zod';

/** A call that does not have the contract's shape. It keeps places and rules, and nothing of what was sent, unknown keys included. */
export class RefusedCallError extends Error {
  override readonly name = 'RefusedCallError';
  readonly errors: { field: string; rule: string }[];

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('the call does not have the required shape');
    this.errors = issues.map((issue) => ({ field: issue.path.join('.'), rule: issue.code }));
  }
}

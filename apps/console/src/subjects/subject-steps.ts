import type { SubjectRequestSummary } from '@app/contracts';

type Standing = Pick<SubjectRequestSummary, 'state' | 'kind' | 'found'>;
export type SubjectStep = 'search' | 'export' | 'erase' | 'close';

/** A worker is at it: its state changes by itself. */
export function isWorkedOn({ state }: Pick<Standing, 'state'>): boolean {
  return state === 'searching' || state === 'exporting' || state === 'erasing';
}

/** What a person can do next with a request, as the API takes it. */
export function stepsOf({ state, kind, found }: Standing): readonly SubjectStep[] {
  // One that a worker cannot come to an end with is closed too; an erasure was decided by two.
  if (state === 'searching' || state === 'exporting') return ['close'];
  if (state === 'exported' || state === 'done' || state === 'failed') return ['close'];
  if (state !== 'found' || found === null) return [];
  const isEmpty = found.receiptCount + found.verificationCount === 0;
  if (isEmpty) return ['search', 'close'];
  return kind === 'erasure' ? ['search', 'erase', 'close'] : ['search', 'export', 'close'];
}

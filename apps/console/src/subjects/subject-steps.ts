import type { SubjectRequestView } from '@app/contracts';

type Standing = Pick<SubjectRequestView, 'state' | 'kind' | 'found'>;
export type SubjectStep = 'search' | 'export' | 'erase' | 'close';

/** A worker is at it: its state changes by itself. */
export function isWorkedOn({ state }: Pick<Standing, 'state'>): boolean {
  return state === 'searching' || state === 'exporting' || state === 'erasing';
}

/** What a person can do next with a request, as the API takes it. */
export function stepsOf({ state, kind, found }: Standing): readonly SubjectStep[] {
  if (state === 'exported' || state === 'done' || state === 'failed') return ['close'];
  if (state !== 'found' || found === null) return [];
  const isEmpty = found.receipts.length + found.verifications.length === 0;
  if (isEmpty) return ['search', 'close'];
  return kind === 'erasure' ? ['search', 'erase', 'close'] : ['search', 'export', 'close'];
}

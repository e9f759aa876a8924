import type { BatchCommand } from '../api/batch-api';
import type { VerificationBatchState } from '@app/contracts';

const COMMANDS: Readonly<Record<VerificationBatchState, readonly (BatchCommand | 'start')[]>> = {
  draft: ['start', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  cancelled: [],
  done: [],
};

/** What may be done with a batch in this state. */
export function commandsOf(state: VerificationBatchState): readonly (BatchCommand | 'start')[] {
  return COMMANDS[state];
}

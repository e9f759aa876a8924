import type { DangerousAct } from '@app/approvals';
import { RetentionRequest } from '@app/contracts';
import type { RetentionSettings } from './retention-settings.service';

/** Setting retention rules as an act of two people: a shorter period erases what nobody can bring back. */
export function retentionSetAct(settings: RetentionSettings): DangerousAct<RetentionRequest> {
  return {
    kind: 'retention.set',
    payload: RetentionRequest,
    perform: async (tx, request) => {
      await settings.setIn(tx, request);
    },
  };
}

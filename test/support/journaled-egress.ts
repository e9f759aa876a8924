import type { EgressCall, EgressReply } from '@app/contracts';
import { SUITES } from '@app/crypto';
import { CallsService } from '../../apps/egress/src/calls/calls.service';
import { Journal } from '../../apps/egress/src/journal/journal';
import type { UpstreamCaller } from '../../apps/egress/src/upstream/upstream-caller';
import { ScriptedEgress } from './verification-bench';

/** The gateway's real service over its real journal on disk; only what the provider says is scripted. */
export class JournaledEgress extends ScriptedEgress {
  private calls!: CallsService;

  static async in(directory: string): Promise<JournaledEgress> {
    const egress = new JournaledEgress();
    const journal = await Journal.open({ directory, suite: SUITES.standard, settleWithinMs: 60_000 });
    const upstream = {
      takeSlot: () => 0,
      returnSlot: () => undefined,
      // The script is asked with a key that is nobody's: a provider's side knows none.
      call: (call: EgressCall) => egress.scripted({ ...call, replyKey: '' }),
    };
    egress.calls = new CallsService(journal, upstream as unknown as UpstreamCaller);
    return egress;
  }

  override call(call: EgressCall): Promise<EgressReply> {
    return this.calls.call(call);
  }

  private scripted(call: EgressCall): Promise<EgressReply> {
    return super.call(call);
  }
}

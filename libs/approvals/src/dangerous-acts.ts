import type { ActKind } from '@app/contracts';
import type { DangerousAct } from './dangerous-act';

/** The acts that a process can do, by their kinds. */
export class DangerousActs {
  private readonly acts = new Map<ActKind, DangerousAct<object>>();

  /** @throws Error when two say how to do the same: nobody could tell which one was approved */
  constructor(acts: readonly DangerousAct<object>[]) {
    for (const act of acts) {
      if (this.acts.has(act.kind)) throw new Error(`two acts are registered for ${act.kind}`);
      this.acts.set(act.kind, act);
    }
  }

  /** @throws Error when this process does not know the act */
  get(kind: ActKind): DangerousAct<object> {
    const act = this.acts.get(kind);
    if (act === undefined) throw new Error(`no act is registered for ${kind}`);
    return act;
  }
}

import { ACT_NAMES, type ActKind } from '@app/contracts';
import type { DangerousAct } from './dangerous-act';

/** An act that this process cannot do: whoever may decide it does so where it is done. */
export class ActElsewhereError extends Error {
  constructor(kind: ActKind) {
    super(
      `${ACT_NAMES[kind].en} (${ACT_NAMES[kind]['zh-CN']}, ${kind}) is not done at the command line: let a person of the tenant decide it in the console`,
    );
    this.name = 'ActElsewhereError';
  }
}

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

  /** @throws ActElsewhereError when this process does not know the act */
  get(kind: ActKind): DangerousAct<object> {
    const act = this.acts.get(kind);
    if (act === undefined) throw new ActElsewhereError(kind);
    return act;
  }
}

/** A request that waits for a worker. */
export interface Task<Request, Result> {
  request: Request;
  /** Earlier groups go first. */
  group: number;
  /** Within a group the longest task goes first, so that the last ones to finish are short. */
  cost: number;
  /** What a worker must be able to do for it; `undefined` for what every worker can. */
  skill: string | undefined;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
}

/**
 * A worker with a skill takes up a later group's task that needs it as soon as fewer common tasks wait: it then never leaves the others without
 * work. A task of the group that is at hand comes first in any case, since its group waits for it.
 */
const LOOK_AHEAD = 16;

/** Waiting tasks in the order in which workers take them. */
export class TaskQueue<Request, Result> {
  private readonly common: Task<Request, Result>[] = [];
  private readonly skilled = new Map<string, Task<Request, Result>[]>();

  add(task: Task<Request, Result>): void {
    const queue = this.queueOf(task);
    const before = queue.findLastIndex((other) => other.group < task.group || (other.group === task.group && other.cost >= task.cost));
    queue.splice(before + 1, 0, task);
  }

  /** The next task for a worker with these skills. */
  take(skills: readonly string[]): Task<Request, Result> | undefined {
    const [next] = this.common;
    const [queue] = skills
      .map((skill) => this.skilled.get(skill) ?? [])
      .sort((a, b) => (a[0]?.group ?? Infinity) - (b[0]?.group ?? Infinity));
    const special = queue?.[0];
    if (special && (!next || special.group <= next.group || this.common.length < LOOK_AHEAD)) return queue.shift();
    return this.common.shift();
  }

  /** Forgets a task; false when it is no longer waiting. */
  remove(task: Task<Request, Result>): boolean {
    const queue = this.queueOf(task);
    const at = queue.indexOf(task);
    if (at >= 0) queue.splice(at, 1);
    return at >= 0;
  }

  /** Removes and returns all that wait. */
  drain(): Task<Request, Result>[] {
    return [...this.skilled.values(), this.common].flatMap((queue) => queue.splice(0));
  }

  private queueOf({ skill }: Task<Request, Result>): Task<Request, Result>[] {
    if (skill === undefined) return this.common;
    const queue = this.skilled.get(skill) ?? [];
    this.skilled.set(skill, queue);
    return queue;
  }
}

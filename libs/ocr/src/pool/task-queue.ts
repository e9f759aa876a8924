/** A request that waits for a worker. */
export interface Task<Request, Result> {
  request: Request;
  /** Earlier groups go first. */
  group: number;
  /** Within a group the longest task goes first, so that the last ones to finish are short. */
  cost: number;
  /** Only some workers can run it. */
  special: boolean;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
}

/** A worker that can run special tasks takes one as soon as fewer common tasks wait: it then never leaves the others without work. */
const LOOK_AHEAD = 16;

/** Waiting tasks in the order in which workers take them. */
export class TaskQueue<Request, Result> {
  private readonly common: Task<Request, Result>[] = [];
  private readonly special: Task<Request, Result>[] = [];

  add(task: Task<Request, Result>): void {
    const queue = task.special ? this.special : this.common;
    const before = queue.findLastIndex((other) => other.group < task.group || (other.group === task.group && other.cost >= task.cost));
    queue.splice(before + 1, 0, task);
  }

  /** The next task for a worker that can or cannot run special ones. */
  take(canRunSpecial: boolean): Task<Request, Result> | undefined {
    if (!canRunSpecial) return this.common.shift();
    if (this.common.length < LOOK_AHEAD && this.special.length > 0) return this.special.shift();
    return this.common.shift();
  }

  /** Forgets a task; false when it is no longer waiting. */
  remove(task: Task<Request, Result>): boolean {
    const queue = task.special ? this.special : this.common;
    const at = queue.indexOf(task);
    if (at >= 0) queue.splice(at, 1);
    return at >= 0;
  }

  /** Removes and returns all that wait. */
  drain(): Task<Request, Result>[] {
    return [...this.special.splice(0), ...this.common.splice(0)];
  }
}

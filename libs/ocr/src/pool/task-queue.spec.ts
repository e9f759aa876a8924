import { TaskQueue, type Task } from './task-queue';

const task = (request: string, group: number, cost: number, skill?: string): Task<string, void> => ({
  request,
  group,
  cost,
  skill,
  resolve: () => undefined,
  reject: () => undefined,
});

function takeAll(queue: TaskQueue<string, void>, skills: string[] = []): string {
  const taken: string[] = [];
  for (let next = queue.take(skills); next; next = queue.take(skills)) taken.push(next.request);
  return taken.join(' ');
}

describe('TaskQueue', () => {
  it('hands out the oldest group first, and within it the longest task', () => {
    const queue = new TaskQueue<string, void>();
    for (const next of [task('c', 2, 90), task('b', 1, 10), task('a', 1, 50), task('d', 2, 20)]) queue.add(next);
    expect(takeAll(queue)).toBe('a b c d');
  });

  it('keeps the order of arrival among equals', () => {
    const queue = new TaskQueue<string, void>();
    for (const name of ['a', 'b', 'c']) queue.add(task(name, 1, 5));
    expect(takeAll(queue)).toBe('a b c');
  });

  it('gives a task only to a worker with the skill for it', () => {
    const queue = new TaskQueue<string, void>();
    queue.add(task('find', 1, 0, 'detect'));
    expect(queue.take(['read twice'])).toBeUndefined();
    expect(queue.take(['read twice', 'detect'])?.request).toBe('find');
  });

  it('looks ahead while few common tasks wait, and helps with them while many do', () => {
    const queue = new TaskQueue<string, void>();
    for (let index = 0; index < 17; index++) queue.add(task(`line${index}`, 1, 1));
    queue.add(task('next page', 2, 0, 'detect'));
    expect([queue.take(['detect'])?.request, queue.take(['detect'])?.request, queue.take(['detect'])?.request]).toEqual([
      'line0',
      'line1',
      'next page',
    ]);
  });

  it('first does what the group at hand waits for, the earliest group first', () => {
    const queue = new TaskQueue<string, void>();
    for (let index = 0; index < 17; index++) queue.add(task(`line${index}`, 2, 1));
    queue.add(task('next page', 3, 0, 'detect'));
    queue.add(task('doubtful line', 2, 1, 'read twice'));
    expect([1, 2].map(() => queue.take(['detect', 'read twice'])?.request)).toEqual(['doubtful line', 'line0']);
  });

  it('forgets a task that was called off', () => {
    const queue = new TaskQueue<string, void>();
    const calledOff = task('a', 1, 1);
    queue.add(calledOff);
    queue.add(task('b', 1, 1));
    queue.remove(calledOff);
    expect(takeAll(queue)).toBe('b');
  });

  it('gives back all that wait', () => {
    const queue = new TaskQueue<string, void>();
    queue.add(task('a', 1, 1));
    queue.add(task('b', 1, 1, 'detect'));
    expect(queue.drain()).toHaveLength(2);
    expect(takeAll(queue, ['detect'])).toBe('');
  });
});

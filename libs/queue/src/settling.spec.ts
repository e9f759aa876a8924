import type { PgBoss } from 'pg-boss';
import { eventually } from '../../../test/support/eventually';
import { Settling } from './settling';

/** A queue whose answers the test gives. */
function slowQueue(gatherMs?: number) {
  const told: { ids: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const complete = (_name: string, ids: string[]) =>
    new Promise<void>((resolve, reject) => told.push({ ids, answer: resolve, fail: reject }));
  return { told, settling: new Settling({ complete } as unknown as PgBoss, 'receipt.read', gatherMs) };
}

const settledTurns = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('Settling', () => {
  const done = (settling: Settling, id: string) => settling.settle({ id, retryCount: 0 }, { id, status: 'completed' });

  it('tells of a completed job at once, and of those that end meanwhile together', async () => {
    const { told, settling } = slowQueue();
    const first = done(settling, 'a');
    await settledTurns();
    const all = [first, ...['b', 'c'].map((id) => done(settling, id))];
    await settledTurns();
    expect(told.map(({ ids }) => ids)).toEqual([['a']]);
    told[0]!.answer();
    await settledTurns();
    expect(told.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
    told[1]!.answer();
    await Promise.all(all);
  });

  it('fails only for the jobs that the queue could not be told of', async () => {
    const { told, settling } = slowQueue();
    const first = done(settling, 'a');
    await settledTurns();
    const second = done(settling, 'b');
    await settledTurns();
    told[0]!.fail(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await settledTurns();
    expect(told[1]?.ids).toEqual(['b']);
    told[1]!.answer();
    await second;
  });

  it('lets the first wait for others, and fails for all that were told of together', async () => {
    const { told, settling } = slowQueue(1);
    const all = ['a', 'b'].map((id) => done(settling, id));
    await eventually(() => told.length > 0);
    const late = done(settling, 'c');
    expect(told.map(({ ids }) => ids)).toEqual([['a', 'b']]);
    told[0]!.fail(new Error('gone'));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await eventually(() => told.length > 1);
    expect(told[1]?.ids).toEqual(['c']);
    told[1]!.answer();
    await late;
  });
});

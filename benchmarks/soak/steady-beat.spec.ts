import { once } from 'node:events';
import { SoakClock } from './soak-clock';
import { steadyBeat } from './steady-beat';

describe('steadyBeat', () => {
  it('does not wait for slow answers, and takes requests in turn', async () => {
    const off = new AbortController();
    const clock = new SoakClock(10, off.signal);
    const sent: [string, number][] = [];
    const request = (name: string) => async (dueAt: number) => {
      sent.push([name, dueAt]);
      // No request is answered before the soak is called off, and that the fifth does.
      if (sent.length === 5) off.abort();
      else await once(off.signal, 'abort');
    };
    await steadyBeat({ clock, everyMs: 20, onFull: () => undefined }, [request('a'), request('b')]);
    expect(sent.map(([name]) => name)).toEqual(['a', 'b', 'a', 'b', 'a']);
    expect(sent[3]![1] - sent[0]![1]).toBeCloseTo(60);
  });

  it('ends at once when it is called off', async () => {
    const off = new AbortController();
    const clock = new SoakClock(10, off.signal);
    const ended = steadyBeat({ clock, everyMs: 30_000, onFull: () => undefined }, []);
    off.abort();
    await ended;
    expect(clock.isOver).toBe(true);
  });
});

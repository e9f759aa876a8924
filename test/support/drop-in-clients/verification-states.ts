import type { Elements } from '@app/contracts';
import type { ApiBench } from '../api-bench';
import { eventually } from '../eventually';

/** Waits until the verifications of a bill are in just these states, in any order. */
export function eventuallyStates(bench: ApiBench, { billNumber }: Elements, states: readonly string[]): Promise<true | undefined> {
  return eventually(
    async () => {
      const rows = await bench.rows<{ state: string }>('select state from verification where bill_number = $1', [billNumber]);
      return JSON.stringify(rows.map(({ state }) => state).sort()) === JSON.stringify([...states].sort()) || undefined;
    },
    { what: `the states ${states.join(', ')}` },
  );
}

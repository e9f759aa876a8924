import { z } from 'zod';

const Ledger = z.array(z.object({ billNumber: z.string() }));

/** The numbers of the bills that the simulated providers were ever asked for. */
export async function askedBillNumbers(sandboxUrl: string): Promise<Set<string>> {
  const response = await fetch(`${sandboxUrl}/_sandbox/ledger`);
  return new Set(Ledger.parse(await response.json()).map(({ billNumber }) => billNumber));
}

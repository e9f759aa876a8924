import type { Elements, ProviderId } from '@app/contracts';
import type { SandboxBill } from '@app/devstack';
import { Random, sampleBill } from '@app/samples';

/** One verification that a caller wants: of which bill, whom to ask, and under which tenant's key. */
export interface Question {
  number: number;
  elements: Elements;
  provider: ProviderId;
  tenant: number;
  truth: Truth;
}

/** What the providers know of the bill that is asked about. */
export type Truth = 'match' | 'reversed' | 'mismatch' | 'unknown';

/** The questions of a campaign and what the simulated providers know, the same for the same seed. */
export function questionsOf(options: { seed: number; count: number; tenants: number; today: string }): {
  questions: Question[];
  bills: SandboxBill[];
} {
  const random = new Random(options.seed);
  const bills: SandboxBill[] = [];
  const questions = Array.from({ length: options.count }, (_, number): Question => {
    const { elements } = sampleBill(options.seed * 1_000_000 + number, { today: options.today });
    // The running number keeps two made-up bills from being the same bill.
    const unique = { ...elements, billNumber: String(number).padStart(10, '0') };
    const truth = truthOf(random.next());
    if (truth !== 'unknown')
      bills.push({ elements: truth === 'mismatch' ? { ...unique, checkCode: 'zzzzzz' } : unique, reversed: truth === 'reversed' });
    const provider = random.next() < 0.5 ? 'netocr' : 'jumdata';
    return { number, elements: unique, provider, tenant: random.int(0, options.tenants - 1), truth };
  });
  return { questions, bills };
}

function truthOf(share: number): Truth {
  if (share < 0.6) return 'match';
  if (share < 0.7) return 'reversed';
  return share < 0.85 ? 'mismatch' : 'unknown';
}

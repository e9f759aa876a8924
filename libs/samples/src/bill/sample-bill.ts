import type { Elements } from '@app/contracts';
import { amountInWords, yuan } from './money';
import { invent, type Invention } from './invention';
import { Random } from './random';
import { SAMPLE_KINDS, type SampleKind } from './sample-kind';
import { KIND_FACTS, REGIONS } from './wording';

/** A made-up fiscal bill: everything that is printed on it. */
export interface SampleBill extends Omit<Invention, 'totalFen'> {
  kind: SampleKind;
  /** `prefix` is the first two digits of the bill code, `name` stands in the title. */
  region: { prefix: string; name: string };
  title: string;
  elements: Elements;
  totalAmountInWords: string;
}

/** Invents a bill that is consistent in itself, issued within the ten months before `today` (YYYY-MM-DD). */
export function sampleBill(seed: number, options: { kind?: SampleKind; today: string }): SampleBill {
  const random = new Random(seed);
  const kind = options.kind ?? random.pick(SAMPLE_KINDS);
  const facts = KIND_FACTS[kind];
  const region = random.pick(REGIONS);
  const issueDate = daysBefore(options.today, random.int(2, 300));
  const { totalFen, ...printed } = invent(random, kind, issueDate);
  return {
    ...printed,
    kind,
    region,
    title: `${region.name}${facts.title}`,
    elements: {
      billCode: `${region.prefix}${facts.classAndSort}${issueDate.slice(2, 4)}`,
      billNumber: `00${random.text(8)}`,
      checkCode: random.text(6, random.next() < 0.7 ? '0123456789abcdef' : '0123456789abcdefghijkmnpqrstuvwxyz'),
      issueDate,
      totalAmount: yuan(totalFen),
    },
    totalAmountInWords: amountInWords(totalFen),
  };
}

function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}

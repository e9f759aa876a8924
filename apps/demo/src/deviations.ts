import { ELEMENT_NAMES } from '@app/contracts';
import type { SampleResult } from './run-samples';

/** In words, how a result differs from what it must be; none when all is as expected. `sentNumbers` are the bill numbers the providers were asked for. */
export function deviations(result: SampleResult, sentNumbers: ReadonlySet<string>): string[] {
  return [
    ...decisionDeviations(result),
    ...elementDeviations(result),
    ...endDeviations(result),
    ...sendingDeviations(result, sentNumbers),
  ].map((text) => `${result.sample.file}: ${text}`);
}

function decisionDeviations({ sample, receipt }: SampleResult): string[] {
  const found = receipt.reading?.decision ?? receipt.failure?.code ?? receipt.state;
  return found === sample.expected.decision ? [] : [`decision ${found} instead of ${sample.expected.decision}`];
}

/** A wrong element is wrong in any decision; a missing one only where nobody would look. */
function elementDeviations({ sample, receipt }: SampleResult): string[] {
  const { elements, decision } = sample.expected;
  const bill = receipt.reading?.bills[0];
  if (elements === null || bill === undefined) return [];
  return ELEMENT_NAMES.flatMap((name) => {
    const found = bill.elements[name];
    const isRight = found === elements[name] || (found === null && decision !== 'auto');
    return isRight ? [] : [`${name} ${String(found)} instead of ${elements[name]}`];
  });
}

function endDeviations({ sample, end }: SampleResult): string[] {
  const expected = 'notSent' in sample.expected.end ? sample.expected.end.notSent : textOf(sample.expected.end);
  const found = 'notSent' in end ? end.notSent : textOf(end.verification);
  return found === expected ? [] : [`end ${found} instead of ${expected}`];
}

function textOf({ outcome, verdict }: { outcome: string | null; verdict: string }): string {
  return `${outcome ?? 'no outcome'} (${verdict})`;
}

function sendingDeviations({ sample }: SampleResult, sentNumbers: ReadonlySet<string>): string[] {
  const { elements, end } = sample.expected;
  if (elements === null) return [];
  const mustBeSent = !('notSent' in end);
  if (sentNumbers.has(elements.billNumber) === mustBeSent) return [];
  return [mustBeSent ? 'no provider was asked' : 'a provider was asked, although nothing may be sent'];
}

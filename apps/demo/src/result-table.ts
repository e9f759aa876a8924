import { ELEMENT_NAMES, Source } from '@app/contracts';
import Table from 'cli-table3';
import type { SampleResult } from './run-samples';

const CHARGED = { charged: 'yes', notCharged: 'no', unknown: 'unknown' } as const;
const HEAD = ['file', 'kind', 'decision', 'code', 'number', 'check', 'date', 'amount', 'outcome', 'charged', 'ms'];

/** One row a sample: each element above the source it was read from and the other sources that say the same, the outcome above who gave it, and the time of reading above the time in all. */
export function resultTable(results: readonly SampleResult[]): string {
  const table = new Table({
    head: HEAD,
    style: { head: [], border: [], compact: false },
    colAligns: HEAD.map((name) => (name === 'ms' ? 'right' : 'left')),
  });
  for (const result of results) table.push(row(result));
  return table.toString();
}

function row({ sample, receipt, end, readMs, totalMs }: SampleResult): string[] {
  const bill = receipt.reading?.bills[0];
  const elements = ELEMENT_NAMES.map((name) => `${bill?.elements[name] ?? '–'}\n${sourceOf(bill?.fields[name])}`);
  const kind = bill?.kind ?? receipt.reading?.refusal?.code ?? '–';
  const decision = receipt.reading?.decision ?? receipt.failure?.code ?? receipt.state;
  return [sample.file, kind, decision, ...elements, outcomeOf(end), chargeOf(end), `${Math.round(readMs)}\n${Math.round(totalMs)}`];
}

function sourceOf(field: { source: string; confirmedBy: string[] } | undefined): string {
  if (!field) return '';
  const witnesses = field.confirmedBy.filter((name) => Source.safeParse(name).success);
  return [field.source, ...witnesses].join('+');
}

function outcomeOf(end: SampleResult['end']): string {
  if ('notSent' in end) return `not sent\n${end.notSent}`;
  const { outcome, state, verdict, provider, origin } = end.verification;
  return `${outcome ?? state} (${verdict})\n${provider}, ${origin}`;
}

function chargeOf(end: SampleResult['end']): string {
  if ('notSent' in end || end.verification.charge === null) return 'no';
  return CHARGED[end.verification.charge];
}

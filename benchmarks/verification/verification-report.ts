import { fixed, markdownTable } from '../markdown-table';
import type { Measured } from './measure';
import { isEven, type Reckoning } from './reckoning';

/** How the figures were taken. */
export interface Circumstances {
  date: string;
  cpu: string;
  command: string;
}

export interface VerificationResult {
  circumstances: Circumstances;
  /** At a steady rate, with a provider that takes its time: milliseconds are ours alone. */
  overhead: Measured & { ratePerSecond: number; providerMs: number };
  /** With as many under way as the product can carry, and a provider that takes none. */
  throughput: Measured & { inFlight: number };
  reckoning: Reckoning;
}

/** Whether every request was answered, by one call each, and the accounts agree. */
export function isSound({ overhead, throughput, reckoning }: VerificationResult): boolean {
  return [overhead, throughput].every((load) => load.notOneCall === 0 && Object.keys(load.errors).length === 0) && isEven(reckoning);
}

export function renderVerification(result: VerificationResult): string {
  const { circumstances, overhead, throughput, reckoning } = result;
  const loads: [string, Measured][] = [
    [`${overhead.ratePerSecond} a second, provider takes ${overhead.providerMs} ms`, overhead],
    [`${throughput.inFlight} under way, provider takes 0 ms`, throughput],
  ];
  return [
    '# Verification: overhead and throughput of the whole path',
    '',
    `- Date: ${circumstances.date}`,
    `- CPU: ${circumstances.cpu}`,
    `- Command: \`${circumstances.command}\``,
    '',
    'PostgreSQL, api, worker, egress, the simulated provider and the asking client are processes of their own on the one machine and share',
    'its cores. PostgreSQL and the journal sync to disk. Every verification is of another bill; one in five comes back with a face.',
    'Milliseconds run from when a request was due to the last byte of its answer, less what the provider was told to take.',
    '',
    ...markdownTable(
      ['load', 'verifications', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms'],
      loads.map(([name, load]) => [
        name,
        String(load.asked),
        fixed(load.perSecond, 1),
        ...[load.p50Ms, load.p95Ms, load.p99Ms, load.longestMs].map((ms) => fixed(ms, 1)),
      ]),
    ),
    ...coreTable(loads),
    ...loads.map(([name, load]) => `- ${name}: ${counts(load.outcomes)}; errors: ${counts(load.errors)}; not one call: ${load.notOneCall}`),
    `- calls by the provider's ledger ${reckoning.providerCalls}, charged ${reckoning.providerCharged}; charges in ours ${reckoning.ourCharges}, unknown ${reckoning.ourUnknown}; bills asked twice ${reckoning.askedTwice}; errors logged ${reckoning.loggedErrors}`,
    ...(isSound(result) ? [] : ['- NOT SOUND: see errors and accounts above']),
    '',
  ].join('\n');
}

function coreTable(loads: readonly [string, Measured][]): string[] {
  const names = Object.keys(loads[0]?.[1].coreMsEach ?? {});
  const sum = ({ coreMsEach }: Measured) => Object.values(coreMsEach).reduce<number>((total, ms) => total + (ms ?? 0), 0);
  return markdownTable(
    ['core ms for one verification', ...names, 'together'],
    loads.map(([name, load]) => [name, ...names.map((process) => fixed(load.coreMsEach[process], 2)), fixed(sum(load), 2)]),
  );
}

function counts(of: Record<string, number>): string {
  const some = Object.entries(of);
  return some.length === 0 ? 'none' : some.map(([what, count]) => `${what} × ${count}`).join(', ');
}

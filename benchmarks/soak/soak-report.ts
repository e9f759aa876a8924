import { fixed, markdownTable } from '../markdown-table';
import type { RouteLatency } from './latency-log';
import type { SoakMinute, SoakResult } from './soak';

const PROCESSES = ['api', 'worker', 'egress', 'sandbox', 'postgres'];
const LATENCY = ['requests', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms'];

/** Whether the product kept its word: every accepted receipt read, and no other answer than the wanted one. */
export function isSound({ tally, errors, loggedErrors }: SoakResult): boolean {
  const none = (counts: Record<string, number>) => Object.values(counts).every((count) => count === 0);
  return tally.lost.length === 0 && tally.failed === 0 && none(errors) && none(loggedErrors);
}

/** A soak as three Markdown tables: routes in all, minute by minute, and each route minute by minute. */
export function renderSoak(result: SoakResult): string {
  return [
    ...markdownTable(
      ['route', ...LATENCY],
      result.routes.map((route) => [route.route, ...latencyCells(route)]),
    ),
    ...markdownTable(
      ['minute', 'read', 'least waiting', 'api p50 ms', 'p95 ms', 'p99 ms', 'longest ms', ...PROCESSES.map((name) => `${name} MiB`)],
      result.minutes.map(minuteCells),
    ),
    ...markdownTable(['minute', 'route', ...LATENCY], result.minutes.flatMap(routesOfMinute)),
    ...summaryLines(result),
    '',
  ].join('\n');
}

function minuteCells({ minute, read, leastWaiting, latency, memory }: SoakMinute): string[] {
  const all = latency?.all;
  const times = [all?.p50Ms, all?.p95Ms, all?.p99Ms, all?.longestMs].map((ms) => fixed(ms, 1));
  return [String(minute + 1), String(read), fixed(leastWaiting, 0), ...times, ...PROCESSES.map((name) => fixed(memory[name], 0))];
}

function routesOfMinute({ minute, latency }: SoakMinute): string[][] {
  return (latency?.routes ?? []).map((route) => [String(minute + 1), route.route, ...latencyCells(route)]);
}

function latencyCells({ requests, p50Ms, p95Ms, p99Ms, longestMs }: RouteLatency): string[] {
  return [String(requests), ...[p50Ms, p95Ms, p99Ms, longestMs].map((ms) => ms.toFixed(1))];
}

function summaryLines(result: SoakResult): string[] {
  const { tally, lastedMinutes, minutes, clientStalls, heldBack } = result;
  const read = minutes.reduce((sum, minute) => sum + minute.read, 0);
  return [
    `- ${lastedMinutes.toFixed(1)} minutes, ${(read / lastedMinutes).toFixed(1)} receipts read a minute`,
    `- ${tally.accepted} receipts accepted: ${tally.read} read, ${tally.failed} failed, ${tally.lost.length} lost; ${tally.unasked} stored that no client was told of, ${heldBack} small ones held back`,
    `- errors answered: ${countsText(result.errors)}; logged as error: ${countsText(result.loggedErrors)}`,
    `- latency runs from when a request was due to its last byte; the asking thread itself was late by ${clientStalls.monitor.p99Ms.toFixed(1)} ms (p99), ${clientStalls.monitor.longestMs.toFixed(1)} ms (longest)`,
    `- api memory is resident (RSS), as is that of worker, egress and sandbox; PostgreSQL is its processes together, shared pages counted once`,
    ...(isSound(result) ? [] : [`- NOT SOUND: ${tally.lost.join(', ') || 'see errors and failures above'}`]),
  ];
}

function countsText(counts: Record<string, number>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? 'none' : some.map(([what, count]) => `${what} × ${count}`).join(', ');
}

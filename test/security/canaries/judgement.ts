import { isIP } from 'node:net';
import type { AskedElements } from './asked-elements';
import type { Canaries } from './canary';
import { type Exit, sentTo, strayConnections, type Targets } from './exits';
import { checkGatewayCall, checkWebhook } from './inner-wires';
import { type Plant, plantsIn } from './plants';
import { type Accounts, checkProviderRequest } from './provider-wire';
import type { Recording } from './recording';
import { type Finding, Searcher, type UploadedBytes } from './searcher';
import { type WireRequest, WireFault, wireRequests } from './wire-request';

/** One way out and what was found on it. */
export interface ExitReport {
  name: string;
  bytes: number;
  messages: number;
  leaks: Finding[];
  /** Canaries that belong there and were found: the search sees. */
  expected: number;
}

/** Messages of one kind that were checked to their last byte. */
export interface WireReport {
  name: string;
  whole: number;
  /** Cut off by a kill or a fault. */
  unfinished: number;
  faults: string[];
}

/** All that the recorded bytes show. */
export interface Judgement {
  exits: ExitReport[];
  wires: WireReport[];
  connections: Record<string, number>;
  /** Connections, names, datagrams and programs that nobody expects. */
  strays: string[];
  recorders: number;
  searched: { patterns: number; windows: number };
  plants: { planted: number; missed: Plant[] };
}

interface Evidence {
  exits: readonly Exit[];
  recording: Recording;
  targets: Targets;
  accounts: Accounts;
  asked: AskedElements;
  canaries: Canaries;
  documents: readonly UploadedBytes[];
  hookPath: string;
}

/** Searches every exit, takes every message apart, and then plants canaries into every exit to see that they would have been found. */
export function judge(evidence: Evidence): Judgement {
  const { exits, recording, targets, canaries, documents } = evidence;
  const searcher = new Searcher(canaries.all, documents);
  const plants = plantsIn(exits, canaries.all, documents);
  return {
    exits: exits.map((exit) => searched(searcher, exit)),
    wires: wiresOf(evidence),
    connections: connectionsOf(recording, targets),
    strays: straysOf(recording, targets),
    recorders: recording.recorders,
    searched: searcher.size,
    plants: {
      planted: plants.length,
      missed: plants.filter(({ bytes, text }) => !searcher.search(bytes).some(({ what }) => what === text)),
    },
  };
}

/** Whether nothing was found, and everything that was planted was. */
export function isTight({ exits, wires, strays, plants }: Judgement): boolean {
  const isEmpty = (list: readonly unknown[]): boolean => list.length === 0;
  return (
    exits.every(({ leaks }) => isEmpty(leaks)) && wires.every(({ faults }) => isEmpty(faults)) && isEmpty(strays) && isEmpty(plants.missed)
  );
}

function searched(searcher: Searcher, { name, allowed, blobs }: Exit): ExitReport {
  const findings = blobs.flatMap((blob) => searcher.search(blob));
  const belongs = ({ kind }: Finding): boolean => (allowed as readonly string[]).includes(kind);
  const bytes = blobs.reduce((sum, blob) => sum + blob.length, 0);
  return {
    name,
    bytes,
    messages: blobs.length,
    leaks: findings.filter((each) => !belongs(each)),
    expected: findings.filter(belongs).length,
  };
}

function wiresOf({ exits, recording, targets, accounts, asked, hookPath }: Evidence): WireReport[] {
  const allowed = { host: targets.provider, accounts, asked };
  const toProvider = (request: WireRequest): unknown => checkProviderRequest(request, allowed);
  const received = exits.find(({ name }) => name.endsWith('provider, as received'))?.blobs ?? [];
  return [
    wire('to the provider, as sent', sentTo(recording, 'egress', targets.provider), toProvider),
    wire('to the provider, as received', received, toProvider),
    wire('worker to egress', sentTo(recording, 'worker', targets.gateway), (request) => checkGatewayCall(request, asked)),
    wire('webhooks', sentTo(recording, 'worker', targets.webhooks), (request) => checkWebhook(request, hookPath)),
  ];
}

function wire(name: string, sent: readonly Buffer[], check: (request: WireRequest) => unknown): WireReport {
  const report: WireReport = { name, whole: 0, unfinished: 0, faults: [] };
  for (const each of sent) {
    try {
      const { requests, unfinished } = wireRequests(each);
      report.unfinished += unfinished.length > 0 ? 1 : 0;
      for (const request of requests) {
        check(request);
        report.whole += 1;
      }
    } catch (error) {
      if (!(error instanceof WireFault || error instanceof SyntaxError)) throw error;
      report.faults.push(error.message);
    }
  }
  return report;
}

function connectionsOf({ connections }: Recording, targets: Targets): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { process, target } of connections) {
    const name = Object.entries(targets).find(([, each]) => each === target)?.[0] ?? target;
    counts[`${process} to ${name}`] = (counts[`${process} to ${name}`] ?? 0) + 1;
  }
  return counts;
}

function straysOf(recording: Recording, targets: Targets): string[] {
  const names = recording.lookups.filter(({ name }) => isIP(name) === 0);
  return [
    ...strayConnections(recording, targets).map(({ process, target }) => `${process}: connection to ${target}`),
    ...names.map(({ process, name }) => `${process}: look-up of ${name}`),
    ...recording.others.map(({ process, what }) => `${process}: ${what}`),
  ];
}

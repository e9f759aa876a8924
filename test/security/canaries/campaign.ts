import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@app/devstack';
import { VerificationView, WebhookEndpointSecretView, WebhookEventType } from '@app/contracts';
import { atOnce } from '../../faults/campaign/at-once';
import type { CampaignProduct } from '../../faults/campaign/campaign-product';
import { faultMix } from '../../faults/campaign/fault-mix';
import { type KillCounts, RandomKills } from '../../faults/campaign/random-kills';
import { AskedElements } from './asked-elements';
import { type BillDocument, documentOf } from './bill-documents';
import { BillWalk, type WalkCounts } from './bill-walk';
import { Canaries } from './canary';
import { type Exit, exitsOf, type Targets } from './exits';
import { InsistentCaller } from './insistent-caller';
import { judge, type Judgement } from './judgement';
import { KernelSockets } from './kernel-sockets';
import { type MarkedBill, markedBills } from './marked-bill';
import { peopleSignIn } from './people';
import { Probes } from './probes';
import { provoke } from './provocations';
import { RawReceiver } from './raw-receiver';
import { RawSink } from './raw-sink';
import { readRecording } from './recording';
import { keepSecrets, startWatchedProduct, WATCHED } from './watched-product';

export interface CanaryCampaign {
  seed: number;
  /** Bills that are walked through the product; a third of them as documents. */
  bills: number;
  /** After so long no further bill is begun. */
  minutes: number;
  log: (line: string) => void;
}

/** What a campaign recorded and found. */
export interface CanaryResult extends Judgement {
  seed: number;
  walked: number;
  counts: WalkCounts;
  stillOpen: number;
  documents: readonly BillDocument[];
  canaries: Canaries;
  provocations: number;
  people: number;
  kills: KillCounts;
  faults: Record<string, number>;
  /** Looks at the kernel's list of a process's sockets. */
  looks: number;
  seconds: number;
}

const TENANTS = 2;
const CALLERS = 12;
const DOCUMENT_EVERY = 3;
/** The models are loaded at each start of a worker. */
const KILL_PAUSE_MS = { from: 3_000, to: 9_000 };
const PROVOKE_EVERY = 40;
const CLOSING_TIMEOUT_MS = 150_000;

/** Walks marked bills through the whole product under faults and kills, records all that leaves it, and looks for the marks. */
export async function runCanaries(options: CanaryCampaign): Promise<CanaryResult> {
  const startedAt = performance.now();
  const { seed, log } = options;
  const canaries = new Canaries(seed + 1_000_000_007);
  const today = new Date().toISOString().slice(0, 10);
  const bills = markedBills({ seed, count: options.bills, tenants: TENANTS, today });
  const folder = await mkdtemp(join(tmpdir(), 'piaoyan-canaries-'));
  const receiver = await RawReceiver.start();
  const siem = await RawSink.start();
  const metricsPort = await freePort();
  const product = await startWatchedProduct({
    folder,
    bills,
    tenants: TENANTS,
    webhookOrigin: receiver.origin,
    siemUrl: siem.url,
    metricsPort,
    log,
  });
  const ended = new AbortController();
  const kernel = new KernelSockets(WATCHED.map((name) => product.stack.process(name)));
  try {
    const run = new Run(options, { product, receiver, canaries, caller: new InsistentCaller(product.stack.urls.api, ended.signal) });
    const accounts = await keepSecrets(product, canaries);
    await run.subscribe();
    const people = await peopleSignIn(product, run.parts.caller, canaries);
    const probes = new Probes(product.stack, `http://127.0.0.1:${metricsPort}`);
    const load = await run.underFaults(bills);
    const stillOpen = await run.closed(load.walk.counts);
    await probes.end();
    await kernel.end();
    const files = await run.filesForOthers(folder);
    const faults = await run.faultsDone();
    const targets = targetsOf(product, receiver, siem);
    const recording = await readRecording(join(folder, 'records'));
    const webhooks = receiver.received.map((parts) => Buffer.concat(parts));
    const exits: Exit[] = await exitsOf({
      product,
      recording,
      targets,
      webhooks,
      probes: probes.answers,
      metrics: probes.metrics,
      ...files,
    });
    log(`searching ${exits.reduce((sum, { blobs }) => sum + blobs.length, 0)} messages`);
    const judgement = judge({
      exits,
      recording,
      targets,
      accounts,
      asked: run.asked,
      canaries,
      documents: run.documents,
      hookPath: receiver.path,
    });
    const { walk, walked, provocations, kills } = load;
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    return {
      ...judgement,
      strays: [...judgement.strays, ...kernel.strays],
      looks: kernel.looks,
      ...{ seed, walked, counts: walk.counts, stillOpen, documents: run.documents, canaries, provocations, people, kills, faults, seconds },
    };
  } finally {
    ended.abort();
    await kernel.end();
    await product.stop();
    await receiver.stop();
    await siem.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface RunParts {
  product: CampaignProduct;
  receiver: RawReceiver;
  canaries: Canaries;
  caller: InsistentCaller;
}

/** A campaign under way. */
class Run {
  readonly asked = new AskedElements([]);
  readonly documents: BillDocument[] = [];

  constructor(
    private readonly options: CanaryCampaign,
    readonly parts: RunParts,
  ) {}

  /** Every tenant wants to hear of everything. */
  async subscribe(): Promise<void> {
    const { product, receiver, canaries, caller } = this.parts;
    const eventTypes = WebhookEventType.exclude(['webhook.test']).options;
    const body = JSON.stringify({ url: `${receiver.origin}${receiver.path}`, description: canaries.mint('badInput'), eventTypes });
    for (const key of product.keys) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const { status, text } = await caller.ask('/v1/webhooks', () => ({ method: 'POST', body, headers }));
      if (status !== 201) throw new Error(`no webhook was made: ${status}`);
      canaries.keep('webhookSecret', WebhookEndpointSecretView.parse(JSON.parse(text)).secret.replace(/^whsec_/, ''));
    }
  }

  async underFaults(bills: readonly MarkedBill[]): Promise<{ walk: BillWalk; walked: number; provocations: number; kills: KillCounts }> {
    const { product, caller, canaries } = this.parts;
    const { seed, log } = this.options;
    await this.misbehave();
    const kills = new RandomKills(product, { seed, onProviderBack: () => this.misbehave(), pauseMs: KILL_PAUSE_MS });
    const walk = new BillWalk(caller, product.keys, canaries, this.asked);
    const deadline = Date.now() + this.options.minutes * 60_000;
    let [walked, provocations] = [0, 0];
    await atOnce(CALLERS, bills, async (marked) => {
      if (Date.now() > deadline) return;
      canaries.all.push(...marked.canaries);
      if (marked.number % PROVOKE_EVERY === 0) provocations += await provoke(caller, product.keys[0] ?? '', canaries);
      await walk.walk(marked, marked.number % DOCUMENT_EVERY === 0 ? await this.document(marked) : null);
      walked += 1;
      if (walked % 50 === 0) log(`${walked} bills walked, ${walk.counts.read} documents read`);
    });
    await kills.end();
    return { walk, walked, provocations, kills: kills.counts };
  }

  /** Waits until every verification is closed; the operator resumes what the product has stopped calling. Gives how many never were. */
  async closed({ verifications }: WalkCounts): Promise<number> {
    const { product, caller } = this.parts;
    const deadline = Date.now() + CLOSING_TIMEOUT_MS;
    for (;;) {
      const open = await atOnce(CALLERS, verifications, async ({ id, tenant }) => {
        const headers = { authorization: `Bearer ${product.keys[tenant] ?? ''}` };
        const { text } = await caller.ask(`/v1/verifications/${id}`, () => ({ headers }));
        return VerificationView.parse(JSON.parse(text)).finishedAt === null;
      });
      const count = open.filter(Boolean).length;
      if (count === 0 || Date.now() > deadline) return count;
      this.options.log(`${count} verifications open`);
      for (const provider of ['netocr', 'jumdata']) await product.piaoyan(['provider', 'resume', provider, '--reason', 'campaign']);
      await delay(2_000);
    }
  }

  /** What an operator hands to others: the support bundle, where the command line knows it, the exported audit, and the words of the commands. */
  async filesForOthers(folder: string): Promise<{ commands: Buffer[]; exportedAudit: Buffer[] }> {
    const { product } = this.parts;
    const out = (name: string): string => join(folder, name);
    const logs = WATCHED.flatMap((name) => ['--log', join(product.stack.folders.logs, `${name}.log`)]);
    const written = { commands: [] as Buffer[], exportedAudit: [] as Buffer[] };
    const run = async (to: Buffer[], args: readonly string[], file?: string): Promise<void> => {
      const { code, stdout, stderr } = await product.piaoyan(file === undefined ? args : [...args, '--out', file]);
      if (code === 0 && file !== undefined) to.push(await readFile(file));
      if (code !== 0) this.options.log(`ended with ${code}: piaoyan ${args.slice(0, 2).join(' ')}`);
      written.commands.push(Buffer.from(stdout), Buffer.from(stderr));
    };
    await run(written.commands, ['support-bundle', ...logs], out('support-bundle.json'));
    await run(written.commands, ['doctor']);
    for (let at = 1; at <= TENANTS; at++)
      await run(written.exportedAudit, ['audit', 'export', '--tenant', `分行 ${at}`], out(`audit-${at}.jsonl`));
    await run(written.exportedAudit, ['audit', 'export', '--chain'], out('chain.jsonl'));
    return written;
  }

  async faultsDone(): Promise<Record<string, number>> {
    const lines = (await (await this.parts.product.sandbox('ledger')).json()) as { delivery: string; fault?: string | null }[];
    const counts: Record<string, number> = {};
    for (const { delivery, fault } of lines) counts[fault ?? delivery] = (counts[fault ?? delivery] ?? 0) + 1;
    return counts;
  }

  private async document(marked: MarkedBill): Promise<BillDocument> {
    const document = await documentOf({ ...marked, number: marked.number / DOCUMENT_EVERY }, this.parts.canaries);
    this.documents.push(document);
    return document;
  }

  private async misbehave(): Promise<void> {
    const answer = await this.parts.product.sandbox('faults', { method: 'POST', body: JSON.stringify(faultMix(this.options.seed)) });
    if (!answer.ok) throw new Error(`the sandbox refused the faults: ${answer.status}`);
  }
}

function targetsOf({ stack: { urls, database } }: CampaignProduct, receiver: RawReceiver, siem: RawSink): Targets {
  const host = (url: string): string => new URL(url).host;
  return {
    siem: host(siem.url),
    provider: host(urls.sandbox),
    gateway: host(urls.egress),
    webhooks: host(receiver.origin),
    database: host(database.ownerUrl),
  };
}

import type { VerificationView } from '@app/contracts';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readBooks } from './books';
import { type Accounts, compareBooks } from './accounts';
import { CampaignProduct } from './campaign-product';
import { faultMix } from './fault-mix';
import { atOnce } from './at-once';
import { PatientClient } from './patient-client';
import { type Question, questionsOf, type Truth } from './question';
import { type KillCounts, RandomKills } from './random-kills';
import { StepGround } from './step-ground';
import { STEP_KILLS } from './step-kills';

export interface CampaignOptions {
  seed: number;
  /** Questions under random faults and kills; the kills at the steps ask one each on top. */
  verifications: number;
  log: (line: string) => void;
}

/** What a campaign showed. */
export interface CampaignResult {
  seed: number;
  steps: { name: string; state: string; charge: string | null }[];
  questions: number;
  repeats: number;
  kills: KillCounts;
  faults: Record<string, number>;
  states: Record<string, number>;
  /** Green, red and other lights that do not agree with what the provider knows of the bill. */
  wrongVerdicts: string[];
  beforeReconciliation: Accounts;
  reconciliation: string[];
  accounts: Accounts;
  seconds: number;
}

const TENANTS = 2;
const CALLERS = 32;
const KILLING_TIMEOUT_MS = 4 * 60_000;
const CLOSING_TIMEOUT_MS = 15 * 60_000;
/** Some questions are asked a second time, as callers do: they must cost nothing. */
const ASKED_AGAIN = 0.1;

/** A question that was accepted. */
interface Asked {
  question: Question;
  id: string;
}

/** Runs the whole product through every fault, and compares its books with the provider's. */
export async function runCampaign({ seed, verifications, log }: CampaignOptions): Promise<CampaignResult> {
  const startedAt = performance.now();
  const today = new Date().toISOString().slice(0, 10);
  const { questions, bills } = questionsOf({ seed, count: STEP_KILLS.length + verifications, tenants: TENANTS, today });
  const product = await CampaignProduct.start({ bills, tenants: TENANTS, log });
  const ended = new AbortController();
  try {
    const client = new PatientClient(product.stack.urls.api, product.keys, ended.signal);
    const steps = await killAtSteps(product, client, questions, log);
    const load = await underRandomFaults(product, client, questions.slice(STEP_KILLS.length), { seed, log });
    const views = await closed(product, client, [...steps, ...load.asked], log);
    const before = await readBooks(product);
    const reconciliation = await reconcile(product, log);
    const after = await readBooks(product);
    return {
      seed,
      steps: STEP_KILLS.map(({ name }, at) => ({ name, state: views[at]?.state ?? '', charge: views[at]?.charge ?? null })),
      questions: views.length,
      repeats: client.repeats,
      kills: load.kills,
      faults: before.faults,
      states: tally(views.map(({ state, outcome }) => `${state} ${outcome ?? ''}`.trim())),
      wrongVerdicts: wrongVerdicts([...steps, ...load.asked], views),
      beforeReconciliation: compareBooks(before.ours, before.theirs),
      reconciliation,
      accounts: compareBooks(after.ours, after.theirs),
      seconds: Math.round((performance.now() - startedAt) / 1_000),
    };
  } finally {
    ended.abort();
    await product.stop();
  }
}

async function killAtSteps(
  product: CampaignProduct,
  client: PatientClient,
  questions: readonly Question[],
  log: (line: string) => void,
): Promise<Asked[]> {
  const ground = new StepGround(product, client);
  const asked: Asked[] = [];
  for (const [at, step] of STEP_KILLS.entries()) {
    const question = questions[at];
    if (question === undefined) continue;
    log(step.name);
    asked.push({ question, id: await step.run(ground, question) });
    // The next step is to find everything at rest.
    await closed(product, client, asked, () => undefined);
  }
  return asked;
}

async function underRandomFaults(
  product: CampaignProduct,
  client: PatientClient,
  questions: readonly Question[],
  { seed, log }: { seed: number; log: (line: string) => void },
): Promise<{ asked: Asked[]; kills: KillCounts }> {
  const misbehave = async (): Promise<void> => {
    const answer = await product.sandbox('faults', { method: 'POST', body: JSON.stringify(faultMix(seed)) });
    if (!answer.ok) throw new Error(`the sandbox refused the faults: ${await answer.text()}`);
  };
  await misbehave();
  const kills = new RandomKills(product, { seed, onProviderBack: misbehave });
  const again = questions.filter(({ number }) => number % Math.round(1 / ASKED_AGAIN) === 0);
  const rounds = [
    ...questions.map((question) => ({ question, key: `q-${question.number}` })),
    ...again.map((question) => ({ question, key: `again-${question.number}` })),
  ];
  let done = 0;
  const asked = await atOnce(CALLERS, rounds, async ({ question, key }) => {
    const id = await client.ask(question, key);
    done += 1;
    if (done % 250 === 0) log(`${done} of ${rounds.length} asked`);
    return { question, id };
  });
  // Killing goes on while what was asked is carried out; the last tries of all wait for a minute and more.
  await nearlyClosed(product, client, asked, log);
  await kills.end();
  return { asked, kills: kills.counts };
}

/** Waits until one of ten is still open, or for so long. */
async function nearlyClosed(
  product: CampaignProduct,
  client: PatientClient,
  asked: readonly Asked[],
  log: (line: string) => void,
): Promise<void> {
  const deadline = Date.now() + KILLING_TIMEOUT_MS;
  for (let open = asked.length; open > asked.length / 10 && Date.now() < deadline;) {
    await delay(5_000);
    const views = await atOnce(CALLERS, asked, ({ question, id }) => client.look(id, question.tenant));
    open = views.filter(({ finishedAt }) => finishedAt === null).length;
    log(`${open} open while processes are killed`);
    await resumeProviders(product);
  }
}

/** Waits until every verification is closed; the operator resumes what the product has stopped calling. */
async function closed(
  product: CampaignProduct,
  client: PatientClient,
  asked: readonly Asked[],
  log: (line: string) => void,
): Promise<VerificationView[]> {
  const deadline = Date.now() + CLOSING_TIMEOUT_MS;
  for (;;) {
    const views = await atOnce(CALLERS, asked, ({ question, id }) => client.look(id, question.tenant));
    const open = views.filter(({ finishedAt }) => finishedAt === null).length;
    if (open === 0) return views;
    if (Date.now() > deadline) throw new Error(`${open} verifications are still open`);
    log(`${open} open`);
    await resumeProviders(product);
    await delay(2_000);
  }
}

/** What an operator does whom the product told that an account was refused. */
async function resumeProviders(product: CampaignProduct): Promise<void> {
  for (const provider of ['netocr', 'jumdata']) await product.piaoyan(['provider', 'resume', provider, '--reason', 'campaign']);
}

/** Settles what is unknown from both providers' statements, as an operator does at the end of a month. */
async function reconcile(product: CampaignProduct, log: (line: string) => void): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'piaoyan-statements-'));
  const reports: string[] = [];
  try {
    for (const provider of ['netocr', 'jumdata']) {
      const file = join(folder, `${provider}.csv`);
      await writeFile(file, Buffer.from(await (await product.sandbox(`statement?provider=${provider}`)).arrayBuffer()));
      // Two calls for one bill within the usual tolerance are not told apart by guessing; where both clocks are known to agree, none is needed.
      const orders = [[], ['--tolerance', '0']];
      let code = 0;
      for (const order of orders) {
        const args = ['reconcile', '--provider', provider, '--statement', file, ...period(), ...order, '--apply'];
        const end = await product.piaoyan(args, { daysLater: 2 });
        log(end.stdout + end.stderr);
        code = end.code;
        if (code === 0) break;
      }
      reports.push(`${provider}: exit ${code}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return reports;
}

/** Every day on which the campaign may have made a call, in China. */
function period(): string[] {
  const day = (offset: number): string => new Date(Date.now() + (offset * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
  return ['--from', day(-1), '--to', day(1)];
}

const VERDICT_OF: Readonly<Record<Truth, string>> = { match: 'valid', reversed: 'reversed', mismatch: 'mismatch', unknown: 'notFound' };

/** A light must say what the provider knows of the bill, or say nothing. */
function wrongVerdicts(asked: readonly Asked[], views: readonly VerificationView[]): string[] {
  return views.flatMap(({ id, verdict }, at) => {
    const truth = asked[at]?.question.truth;
    const isSilent = verdict === 'none' || verdict === 'unknown';
    return isSilent || (truth !== undefined && verdict === VERDICT_OF[truth]) ? [] : [`${id}: ${verdict}, but ${truth}`];
  });
}

function tally(words: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
}

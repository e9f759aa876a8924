import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { positive } from '../numeric-option';
import { knownBills } from './distinct-bills';
import { fullLoad, openLoad } from './load';
import { BillNumbers, measure } from './measure';
import { reckon } from './reckoning';
import { isSound, renderVerification, type VerificationResult } from './verification-report';
import { VerifyingClient } from './verifying-client';
import { VerifyingProduct } from './verifying-product';

const OPTIONS = {
  rate: { type: 'string', default: '50' },
  seconds: { type: 'string', default: '20' },
  'provider-ms': { type: 'string', default: '100' },
  'in-flight': { type: 'string', default: '64' },
  'full-seconds': { type: 'string', default: '15' },
  'warm-up': { type: 'string', default: '8' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Bills are made up and the provider knows one in five of so many; beyond them all are NOT_FOUND. */
const MOST_BILLS = 20_000;
const DAY_MS = 86_400_000;

interface Plan {
  ratePerSecond: number;
  seconds: number;
  providerMs: number;
  inFlight: number;
  fullSeconds: number;
  warmUpSeconds: number;
}

/**
 * Verifies made-up bills through the whole product: at a steady rate for what it adds to the provider's own time, then as many as it can
 * carry. Ends with 1 when a request had no answer, or the provider's account of the calls and ours differ.
 */
export async function runVerificationBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const plan: Plan = {
    ratePerSecond: positive('--rate', values.rate),
    seconds: positive('--seconds', values.seconds),
    providerMs: positive('--provider-ms', values['provider-ms']),
    inFlight: positive('--in-flight', values['in-flight']),
    fullSeconds: positive('--full-seconds', values['full-seconds']),
    warmUpSeconds: positive('--warm-up', values['warm-up']),
  };
  const circumstances = {
    date: new Date().toISOString().slice(0, 10),
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    command: ['npm run bench -- verification', ...args].join(' '),
  };
  const result = { circumstances, ...(await run(plan)) };
  const report = renderVerification(result);
  if (values.out !== undefined) await writeFile(values.out, report);
  stdout.write(values.json ? `${JSON.stringify(result)}\n` : report);
  return isSound(result) ? 0 : 1;
}

async function run(plan: Plan): Promise<Omit<VerificationResult, 'circumstances'>> {
  const issueDate = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10);
  const product = await VerifyingProduct.start({ bills: knownBills(MOST_BILLS, issueDate), log: say });
  const client = new VerifyingClient(product.apiUrl, product.key, plan.inFlight + plan.ratePerSecond);
  try {
    const died = new Promise<never>((_resolve, reject) => product.onDeath(reject));
    return await Promise.race([loads(plan, { product, client, numbers: new BillNumbers(), issueDate }), died]);
  } finally {
    await client.close();
    await product.stop();
  }
}

async function loads(
  plan: Plan,
  parts: { product: VerifyingProduct; client: VerifyingClient; numbers: BillNumbers; issueDate: string },
): Promise<Omit<VerificationResult, 'circumstances'>> {
  const { ratePerSecond, seconds, providerMs, inFlight, fullSeconds, warmUpSeconds } = plan;
  const full = (during: number) => measure({ ...parts, providerMs: 0, load: (send) => fullLoad({ inFlight, seconds: during }, send) });
  say(`warming up for ${warmUpSeconds} s`);
  await full(warmUpSeconds);
  await parts.product.analyze();
  await full(2);
  say(`${ratePerSecond} a second for ${seconds} s, provider takes ${providerMs} ms`);
  const overhead = await measure({ ...parts, providerMs, load: (send) => openLoad({ ratePerSecond, seconds }, send) });
  say(`${inFlight} under way for ${fullSeconds} s`);
  const throughput = await full(fullSeconds);
  const reckoning = reckon(await parts.product.ledger(), await parts.client.charges(), await parts.product.loggedErrors());
  return { overhead: { ...overhead, ratePerSecond, providerMs }, throughput: { ...throughput, inFlight }, reckoning };
}

/** Not on standard output, which is the report's. */
function say(line: string): void {
  stderr.write(`${line}\n`);
}

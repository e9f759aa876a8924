import { resolve } from 'node:path';
import { exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { positive } from '../numeric-option';
import { RunningProduct } from './running-product';
import { soak, type SoakPlan, type SoakResult } from './soak';
import { isSound, renderSoak } from './soak-report';
import { madeUpReceipts, receiptsOf, smallReceipt } from './uploads';

const OPTIONS = {
  minutes: { type: 'string', default: '10' },
  data: { type: 'string' },
  models: { type: 'string', default: 'models' },
  workers: { type: 'string' },
  waiting: { type: 'string', default: '8' },
  json: { type: 'boolean', default: false },
} as const;

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Runs the whole product for `--minutes` with `--waiting` receipts always accepted and not yet read, those of `--data` or made-up ones,
 * and asks the api meanwhile what clerks and probes ask. Ends with 1 when a receipt was lost or not read, or an error was answered.
 */
export async function runSoakBenchmark(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes must be a number above 0, not ${values.minutes}`);
  const waiting = positive('--waiting', values.waiting);
  const workers = values.workers === undefined ? undefined : positive('--workers', values.workers);
  const today = new Date().toISOString().slice(0, 10);
  const receipts = values.data === undefined ? await madeUpReceipts(today) : await receiptsOf(values.data);
  const plan = { minutes, receipts, small: await smallReceipt(today), waiting, say };
  const result = await withProduct({ modelsDir: resolve(values.models), workers, log: say }, plan);
  stdout.write(values.json ? `${JSON.stringify(result)}\n` : renderSoak(result));
  return isSound(result) ? 0 : 1;
}

type ProductOptions = Parameters<typeof RunningProduct.start>[0];

/** A first Ctrl-C ends the soak early, which is then counted as ever; a second one ends everything at once. */
async function withProduct(options: ProductOptions, plan: Omit<SoakPlan, 'calledOff'>): Promise<SoakResult> {
  const off = new AbortController();
  const onSignal = () => {
    if (off.signal.aborted) exit(INTERRUPTED);
    off.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const product = await RunningProduct.start(options);
  try {
    const died = new Promise<never>((_resolve, reject) => product.onDeath(reject));
    return await Promise.race([soak(product, { ...plan, calledOff: off.signal }), died]);
  } finally {
    off.abort();
    await product.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** Not on standard output, which is the report's. */
function say(line: string): void {
  stderr.write(`${line}\n`);
}

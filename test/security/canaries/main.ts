import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { runCanaries } from './campaign';
import { isTight } from './judgement';
import { renderCanaries } from './report';

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  bills: { type: 'string' },
  minutes: { type: 'string' },
  report: { type: 'string' },
} as const;
/** More than are walked in a minute. */
const BILLS_A_MINUTE = 400;
const DEFAULT_BILLS = 600;
const NO_LIMIT_MINUTES = 600;

/** `npm run test:canaries -- [--minutes N | --bills N] [--seed N] [--report FILE]`: ends with 1 when anything came out, or the search is blind. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const seed = whole('--seed', values.seed);
  const minutes = values.minutes === undefined ? NO_LIMIT_MINUTES : whole('--minutes', values.minutes);
  const unlimited = values.minutes === undefined ? DEFAULT_BILLS : minutes * BILLS_A_MINUTE;
  const bills = values.bills === undefined ? unlimited : whole('--bills', values.bills);
  const result = await runCanaries({ seed, bills, minutes, log: (line) => stderr.write(`${line}\n`) });
  const text = renderCanaries(result);
  stdout.write(`${text}\n`);
  if (values.report !== undefined) await writeFile(values.report, `${headOf(args)}\n\n${text}\n`);
  return isTight(result) ? 0 : 1;
}

function headOf(args: readonly string[]): string {
  const asked = args.filter((arg, at) => !arg.startsWith('--report') && !args[at - 1]?.startsWith('--report'));
  const [processor] = cpus();
  const facts = [
    new Date().toISOString().slice(0, 10),
    `Node ${process.versions.node}`,
    `${processor?.model.trim() ?? ''}, ${cpus().length} cores`,
  ];
  return `# Canary campaign\n\n${facts.join(', ')}: \`npm run test:canaries -- ${asked.join(' ')}\``;
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${option} must be a whole number, not ${text}`);
  return value;
}

// An interrupted campaign ends what it started: the processes' own guard runs at exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => exit(130));

main(argv.slice(2)).then(exit, (error: unknown) => {
  stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  exit(1);
});

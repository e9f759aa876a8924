import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  cases: { type: 'string', default: '3000' },
  case: { type: 'string' },
} as const;

/** `npm run fuzz -- [--seed N] [--cases N | --case K]`: prints a table, and ends with 1 when a document ended as none must. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const seed = whole('--seed', values.seed);
  const [first, count] = values.case === undefined ? [0, whole('--cases', values.cases)] : [whole('--case', values.case), 1];
  const { report, threadsLost, problems } = await fuzz({ seed, first, count });
  stdout.write(report.render(threadsLost));
  for (const problem of problems) stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${option} must be a whole number, not ${text}`);
  return value;
}

main(argv.slice(2)).then(exit, (error: unknown) => {
  stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  exit(1);
});

import { writeFile } from 'node:fs/promises';
import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign';
import { isClean, renderCampaign } from './report';

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  verifications: { type: 'string', default: '2000' },
  report: { type: 'string' },
} as const;

/** `npm run test:faults -- [--seed N] [--verifications N] [--report FILE]`: ends with 1 when the books differ or a light was wrong. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const [seed, verifications] = [whole('--seed', values.seed), whole('--verifications', values.verifications)];
  const result = await runCampaign({ seed, verifications, log: (line) => stderr.write(`${line}\n`) });
  const text = renderCampaign(result);
  stdout.write(`${text}\n`);
  if (values.report !== undefined) await writeFile(values.report, `${headOf(args)}\n\n${text}\n`);
  return isClean(result) ? 0 : 1;
}

function headOf(args: readonly string[]): string {
  const asked = args.filter((arg, at) => !arg.startsWith('--report') && !args[at - 1]?.startsWith('--report'));
  return `# Fault campaign\n\n${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}: \`npm run test:faults -- ${asked.join(' ')}\``;
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

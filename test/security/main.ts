import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import globalSetup from '../support/global-setup';
import globalTeardown from '../support/global-teardown';
import { problemsOf, renderReport } from './security-report';
import { runSecurity } from './security-run';

const OPTIONS = { report: { type: 'string' } } as const;

/** `npm run test:security -- [--report FILE]`: prints a table, and ends with 1 when something is not as it must be. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  await globalSetup();
  try {
    const report = await runSecurity();
    const tampering = await tamperCampaign();
    const text = `# Routes, roles and tenants\n\n${renderReport(report)}${tampering?.text ?? ''}`;
    stdout.write(text);
    if (values.report !== undefined) writeFileSync(values.report, text);
    return problemsOf(report).length === 0 && tampering?.ok !== false ? 0 : 1;
  } finally {
    await globalTeardown();
  }
}

/** What the tamper campaign of the audit tells. */
interface TamperOutcome {
  ok: boolean;
  text: string;
}

/** Runs the campaign on sealed audit records beside ours, where it is built. */
async function tamperCampaign(): Promise<TamperOutcome | null> {
  const folder = join(__dirname, 'tampering');
  if (!existsSync(folder)) return null;
  const { runTamperCampaign } = (await import(folder)) as { runTamperCampaign: () => Promise<TamperOutcome> };
  return runTamperCampaign();
}

main(argv.slice(2)).then(exit, (error: unknown) => {
  stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  exit(1);
});

import { writeFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import globalSetup from '../support/global-setup';
import globalTeardown from '../support/global-teardown';
import { createTestDatabase } from '../support/test-database';
import { problemsOf, renderReport } from './security-report';
import { runSecurity } from './security-run';
import { runTamperCampaign } from './tampering/tamper-campaign';
import type { TamperReport } from './tampering/tamper-report';

const OPTIONS = {
  report: { type: 'string' },
  seed: { type: 'string', default: '1' },
  'export-cases': { type: 'string', default: '5000' },
  'database-cases': { type: 'string', default: '600' },
} as const;

/**
 * `npm run test:security -- [--report FILE] [--seed N] [--export-cases N] [--database-cases N]`: walks every route, role and tenant, then
 * spoils a sealed audit in every way. Prints a table of each, and ends with 1 when something is not as it must be.
 */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  await globalSetup();
  try {
    const walked = await runSecurity();
    const tampered = await tampering(whole(values.seed), whole(values['export-cases']), whole(values['database-cases']));
    const text = `# Routes, roles and tenants\n\n${renderReport(walked)}\n# A sealed audit, spoilt\n\n\`\`\`\n${tampered.render()}\`\`\`\n`;
    stdout.write(text);
    for (const problem of tampered.problems) stderr.write(`${problem}\n`);
    if (values.report !== undefined) writeFileSync(values.report, text);
    return problemsOf(walked).length + tampered.problems.length === 0 ? 0 : 1;
  } finally {
    await globalTeardown();
  }
}

async function tampering(seed: number, exportCases: number, databaseCases: number): Promise<TamperReport> {
  const database = await createTestDatabase();
  try {
    return await runTamperCampaign({ database, seed, exportCases, databaseCases });
  } finally {
    await database.drop();
  }
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${text} is no whole number`);
  return value;
}

main(argv.slice(2)).then(exit, (error: unknown) => {
  stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  exit(1);
});

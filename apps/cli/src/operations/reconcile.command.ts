import { readFile, stat } from 'node:fs/promises';
import type { ProviderId } from '@app/contracts';
import { withJobQueue } from '@app/queue';
import {
  formatYuan,
  readStatement,
  type ReconciliationReport,
  StatementError,
  StatementLayout,
  verificationFollowers,
  withChargeDesk,
} from '@app/verification';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDay, providerOption } from './arguments';
import { reconciliationTable } from './reconciliation-table';
import { keyringAccess } from './keyring-access';
import { operator, ownerAccess } from './tenant-admin';

interface ReconcileOptions {
  provider: ProviderId;
  statement: string;
  from?: string;
  to?: string;
  columns?: string;
  tolerance: number;
  apply?: true;
  json?: true;
}

const EXIT_DIFFERENT = 2;
const MAX_FILE_BYTES = 16 * 1024 * 1024;
const MAX_TOLERANCE_MINUTES = 24 * 60;

/** `piaoyan reconcile`: compares a provider's bill with the ledger; 0 when they agree, 2 when they differ, 1 when it failed. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description("compare a provider's statement (CSV or XLSX) with the calls of all tenants, and settle unknown charges with --apply")
    .addOption(providerOption())
    .requiredOption('--statement <file>', 'the statement')
    .addOption(new Option('--from <day>', 'first day of which it lists every call (Asia/Shanghai)').argParser(parseDay))
    .addOption(new Option('--to <day>', 'last such day; unknown calls between the two that it does not list were free').argParser(parseDay))
    .option('--columns <file>', "JSON that names the statement's columns, its format of times and its words")
    .addOption(new Option('--tolerance <minutes>', "by how much the provider's clock may differ").argParser(parseMinutes).default(10))
    .option('--apply', 'settle what is certain and record the differences; without it nothing is written')
    .option('--json', 'as JSON')
    .action(reconcile);
}

async function reconcile(options: ReconcileOptions): Promise<void> {
  const { provider, tolerance, apply = false, json } = options;
  const period = periodOf(options);
  const layout = options.columns === undefined ? undefined : layoutOf(await contentOf(options.columns));
  const file = await readStatement(await contentOf(options.statement), layout);
  const order = { provider, file, period, toleranceMs: tolerance * 60_000, apply };
  const access = ownerAccess();
  const keys = keyringAccess();
  const report = await withJobQueue(access.ownerUrl, (jobs) =>
    withChargeDesk(access, async (desk) => {
      const reconciliation = await desk.reconciliation(keys, (keyring) => verificationFollowers(jobs, keyring));
      return reconciliation.run(operator(), order);
    }),
  );
  process.stdout.write(json ? `${JSON.stringify(shown(report), null, 2)}\n` : `${reconciliationTable(report)}\n`);
  if (isDifferent(report)) process.exitCode = EXIT_DIFFERENT;
}

/** Unknown charges that were not written yet leave the two books unequal as well. */
function isDifferent({ differences, settlements, isApplied }: ReconciliationReport): boolean {
  return differences.length > 0 || (!isApplied && settlements.length > 0);
}

function periodOf({ from, to }: ReconcileOptions): { from: string; to: string } | null {
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined) throw new StatementError('give both --from and --to, or neither');
  return { from, to };
}

async function contentOf(path: string): Promise<Buffer> {
  if ((await stat(path)).size > MAX_FILE_BYTES) throw new StatementError(`${path} has more than ${MAX_FILE_BYTES} bytes`);
  return readFile(path);
}

function layoutOf(content: Buffer): StatementLayout {
  const layout = StatementLayout.safeParse(parsed(content.toString('utf8')));
  if (layout.success) return layout.data;
  const faults = layout.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StatementError(`--columns: ${faults.join('; ')}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StatementError('--columns: the file is not JSON', { cause: error });
  }
}

function shown({ settlements, ...report }: ReconciliationReport): object {
  const rows = settlements.map(({ feeHao, ...row }) => ({ ...row, feeYuan: feeHao === null ? null : formatYuan(feeHao) }));
  return { ...report, settlements: rows };
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (!/^\d+$/.test(text) || minutes > MAX_TOLERANCE_MINUTES)
    throw new InvalidArgumentError(`give whole minutes, at most ${MAX_TOLERANCE_MINUTES}`);
  return minutes;
}

import type { Accounts } from './accounts';
import type { CampaignResult } from './campaign';

/** Whether the books agree, nothing is open or unknown, and no light was wrong. */
export function isClean({ accounts, wrongVerdicts }: CampaignResult): boolean {
  const { unfinished, unknown, chargesThatDiffer, callsThatDiffer } = accounts;
  return unfinished + unknown + chargesThatDiffer.length + callsThatDiffer.length + wrongVerdicts.length === 0;
}

/** The campaign as a page of Markdown. */
export function renderCampaign(result: CampaignResult): string {
  return [
    `Seed ${result.seed}: ${result.questions} verifications in ${result.seconds} s, ${result.repeats} requests repeated by their callers.`,
    table(['the books', 'before reconciliation', 'after'], bookRows(result.beforeReconciliation, result.accounts)),
    `Reconciliation with the providers' statements: ${result.reconciliation.join(', ')}.`,
    list('Wrong lights', result.wrongVerdicts),
    list('Charges that differ', result.accounts.chargesThatDiffer),
    list('Calls that differ', result.accounts.callsThatDiffer),
    table(
      ['killed at', 'the verification ended as', 'charge'],
      result.steps.map(({ name, state, charge }) => [name, state, charge ?? '']),
    ),
    table(['killed at random', 'times'], counts(result.kills)),
    table(['what the provider did', 'calls'], counts(result.faults)),
    table(['how verifications ended', 'count'], counts(result.states)),
  ].join('\n\n');
}

function bookRows(before: Accounts, after: Accounts): string[][] {
  const row = (name: string, of: (accounts: Accounts) => number): string[] => [name, String(of(before)), String(of(after))];
  return [
    row('attempts', ({ attempts }) => attempts),
    row('calls at the providers', ({ calls }) => calls),
    row('of these charged', ({ charged }) => charged),
    row('attempts not finished', ({ unfinished }) => unfinished),
    row('charges unknown', ({ unknown }) => unknown),
    row('bills whose charges differ', ({ chargesThatDiffer }) => chargesThatDiffer.length),
    row('bills called more often than attempted', ({ callsThatDiffer }) => callsThatDiffer.length),
  ];
}

const counts = (of: Record<string, number>): string[][] =>
  Object.entries(of)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => [name, String(count)]);

const list = (title: string, lines: readonly string[]): string =>
  `${title}: ${lines.length === 0 ? 'none' : lines.slice(0, 20).join('; ')}.`;

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

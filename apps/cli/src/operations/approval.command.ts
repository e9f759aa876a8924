import { type Approval, stateAt } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { ACT_NAMES, ActReason, type ApprovalDecision } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { RetentionSetAct, SubjectEraseAct, SubjectRequestStore, TenantEraseAct } from '@app/privacy';
import { withJobQueue } from '@app/queue';
import { ConsentPolicySetAct } from '@app/receipts';
import { type ApprovalDesk, verificationFollowers, withApprovalDesk } from '@app/verification';
import { Command, InvalidArgumentError } from 'commander';
import { notice } from '../notice';
import { dryRunTable } from './dry-run-table';
import { keyringAccess } from './keyring-access';
import { operator, ownerAccess } from './tenant-admin';
import { UserDeciders } from './user-deciders';

interface TenantOption {
  tenant: string;
}

type Decision = ApprovalDecision['decision'];

/** `piaoyan approval list|approve|reject`: for the operator of a tenant that has no two persons yet who could decide. */
export function approvalCommand(): Command {
  const list = new Command('list')
    .description('show the proposals that wait for a decision')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: TenantOption) => {
      const { items } = await atDesk(tenant, (desk, context) => desk.approvals.page(context, { limit: 100, state: 'open' }));
      if (items.length === 0) notice('no proposal waits for a decision');
      process.stdout.write(items.map(shown).join('\n'));
    });
  return new Command('approval')
    .description('decide proposals of a tenant that has no two users yet who could; the audit marks it')
    .addCommand(list)
    .addCommand(decisionCommand('approve', 'approve a proposal, which does the act'))
    .addCommand(decisionCommand('reject', 'reject a proposal'));
}

function decisionCommand(decision: Decision, description: string): Command {
  return new Command(decision)
    .description(description)
    .argument('<id>', 'the proposal')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .requiredOption('--reason <text>', 'why', parseReason)
    .action(async (id: string, { tenant, reason }: TenantOption & { reason: string }) => {
      const decided = await atDesk(tenant, (desk, context) => desk.approvals.decide(context, id, { decision, reason }));
      process.stdout.write(shown(decided));
    });
}

/** Opens the desk at which proposals are made and decided, as the operator. */
export function atDesk<T>(tenantName: string, work: (desk: ApprovalDesk, tenant: TenantContext) => Promise<T>): Promise<T> {
  const { ownerUrl } = ownerAccess();
  return withJobQueue(ownerUrl, (jobs) =>
    withApprovalDesk(
      {
        ownerUrl,
        applicationName: 'piaoyan-cli',
        deciders: new UserDeciders(),
        keys: keyringAccess(),
        actsOf: (keyring) => [
          ...[RetentionSetAct.forOperator(), ConsentPolicySetAct.forOperator()],
          new TenantEraseAct(),
          new SubjectEraseAct(new SubjectRequestStore(keyring), jobs, new AuditLog()),
        ],
        listenersOf: (keyring) => verificationFollowers(jobs, keyring),
      },
      async (desk) => work(desk, await desk.tenant(operator(), tenantName)),
    ),
  );
}

/** A proposal in a few lines; a blank one ends it. */
export function shown(approval: Approval): string {
  const { id, kind, target, changes, reason, proposedBy, payloadHash } = approval;
  const lines = [
    `${id}  ${stateAt(approval, new Date())}  ${ACT_NAMES[kind]['zh-CN']} ${ACT_NAMES[kind].en}`,
    `  ${target.type} ${target.id} · ${proposedBy.type} ${proposedBy.name} · ${approval.proposedAt.toISOString()}`,
    ...changes.map(({ field, before, after }) => `  ${field}: ${before ?? '-'} -> ${after ?? '-'}`),
    ...(reason === null ? [] : [`  ${reason}`]),
    `  SHA-256 ${payloadHash}`,
    ...(approval.dryRun === null ? [] : [dryRunTable(approval.dryRun.found), `  SHA-256 ${approval.dryRun.hash}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line that says why. */
export function parseReason(text: string): string {
  const reason = ActReason.safeParse(text);
  if (!reason.success) throw new InvalidArgumentError('give a reason of one line');
  return reason.data;
}

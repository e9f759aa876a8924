import type { ApprovalDesk } from '@app/verification';
import { type ConsentPolicyRequest, ConsentReference, ProcessingPurpose } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { ConsentPolicies, type ConsentPolicy } from '@app/receipts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { atDesk, shown } from './approval.command';

/** Commander takes a bare null for a parser that failed. */
interface Boxed {
  value: string | null;
}

interface ConsentOptions {
  tenant: string;
  demand?: 'on' | 'off';
  defaultReference?: Boxed;
  defaultPurpose?: Boxed;
}

const boxed =
  (schema: typeof ConsentReference) =>
  (text: string): Boxed => {
    if (text === 'none') return { value: null };
    const given = schema.safeParse(text);
    if (!given.success) throw new InvalidArgumentError(given.error.issues.map(({ message }) => message).join(', '));
    return { value: given.data };
  };

/** `piaoyan consent show|set`: whether a consent reference is demanded, and what stands where a request brings none. */
export function consentCommand(): Command {
  const show = new Command('show')
    .description('show whether a consent reference is demanded, and what stands where a request brings none')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: ConsentOptions) => {
      print(await atDesk(tenant, (desk, context) => policiesAt(desk).current(context)));
    });
  const set = new Command('set')
    .description('change it; what is not named stays')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .addOption(new Option('--demand <what>', 'refuse what brings no consent reference').choices(['on', 'off']))
    .addOption(new Option('--default-reference <text>', 'stands where a request brings none, or "none"').argParser(boxed(ConsentReference)))
    .addOption(new Option('--default-purpose <text>', 'stands where a request names none, or "none"').argParser(boxed(ProcessingPurpose)))
    .action(async ({ tenant, ...options }: ConsentOptions) => {
      await atDesk(tenant, (desk, context) => change(desk, context, options));
    });
  return new Command('consent').description('manage what tenants demand to know of consent').addCommand(show).addCommand(set);
}

/** A tenant with two persons who may decide is told; without them the operator sets it alone, which the audit marks. */
async function change(desk: ApprovalDesk, context: TenantContext, options: Omit<ConsentOptions, 'tenant'>): Promise<void> {
  const { approvals } = desk;
  const policies = policiesAt(desk);
  const payload = changed(await policies.current(context), options);
  if (await approvals.isAlone(context, 'consentPolicy.set')) {
    print(await policies.set(context, payload));
    return;
  }
  const target = { type: 'tenant', id: context.tenantId };
  const approval = await approvals.propose(context, { kind: 'consentPolicy.set', payload, target, reason: null });
  process.stdout.write(`proposed: a second person must approve it in the console\n${shown(approval)}\n`);
}

const policiesAt = ({ unitOfWork }: ApprovalDesk): ConsentPolicies => ConsentPolicies.forOperator(unitOfWork);

/** @throws InvalidArgumentError for a demand beside a default that would meet it */
export function changed(standing: ConsentPolicy, options: Omit<ConsentOptions, 'tenant'>): ConsentPolicyRequest {
  const { demand, defaultReference, defaultPurpose } = options;
  const request = {
    basedOn: standing.version,
    demandsReference: demand === undefined ? standing.demandsReference : demand === 'on',
    defaultReference: defaultReference === undefined ? standing.defaultReference : defaultReference.value,
    defaultPurpose: defaultPurpose === undefined ? standing.defaultPurpose : defaultPurpose.value,
  };
  if (request.demandsReference && request.defaultReference !== null)
    throw new InvalidArgumentError('where each request has to bring a reference there is no default: add --default-reference none');
  return request;
}

function print({ version, demandsReference, defaultReference, defaultPurpose }: ConsentPolicy): void {
  const lines = [
    `reference demanded  ${demandsReference ? 'yes' : 'no'}`,
    `default reference   ${defaultReference ?? 'none'}`,
    `default purpose     ${defaultPurpose ?? 'none'}`,
    `version             ${version}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

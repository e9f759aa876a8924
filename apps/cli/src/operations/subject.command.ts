import { SubjectErasureRequest, SubjectRequestKind, SubjectRequestOrder } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type SubjectRequest, type SubjectRequests, withRetentionDesk } from '@app/privacy';
import { withJobQueue } from '@app/queue';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { atDesk, parseReason, shown } from './approval.command';
import { parseId } from './arguments';
import { keyringAccess } from './keyring-access';
import { requireOwnerUrl } from './owner-url';
import { operator } from './tenant-admin';

interface OpenOptions {
  tenant: string;
  kind: SubjectRequestKind;
  payer?: string;
  payerCode?: string;
  reference: string;
  purpose: string;
}
interface RequestOptions {
  tenant: string;
  request: string;
}

/** `piaoyan subject open|show|propose-erasure|close`: requests of persons whose data a tenant holds. */
export function subjectCommand(): Command {
  const open = onTenant('open', 'open a request; a worker searches what names exactly this payer')
    .addOption(new Option('--kind <kind>', 'what is asked').choices(SubjectRequestKind.options).makeOptionMandatory())
    .option('--payer <name>', 'the name, letter by letter as on the bill')
    .option('--payer-code <code>', 'or the code beside it')
    .requiredOption('--reference <text>', "the bank's own number of the request; it must not name the person")
    .requiredOption('--purpose <text>', 'what for')
    .action(async ({ tenant, ...options }: OpenOptions) => {
      const order = given(SubjectRequestOrder, options);
      print(await forSubject(tenant, (requests, context) => requests.open(context, order)));
    });
  const show = onRequest('show', 'show a request: its state, the day by which it is to be answered, and the ids of what was found').action(
    async ({ tenant, request }: RequestOptions) => {
      print(await forSubject(tenant, (requests, context) => requests.get(context, request)));
    },
  );
  const propose = onRequest('propose-erasure', 'propose to erase what was found: a second person, or another operator, approves it')
    .requiredOption('--found-hash <hash>', 'of what was shown')
    .requiredOption('--reason <text>', 'why', parseReason)
    .action(async ({ tenant, request, ...options }: RequestOptions & { foundHash: string; reason: string }) => {
      const wanted = given(SubjectErasureRequest, options);
      const proposal = await forSubject(tenant, (requests, context) => requests.erasureOf(context, request, wanted));
      process.stdout.write(shown(await atDesk(tenant, ({ approvals }, context) => approvals.propose(context, proposal))));
    });
  const close = onRequest('close', 'end a request that was answered, or is refused; the name goes')
    .requiredOption('--reason <text>', 'how it was answered', parseReason)
    .action(async ({ tenant, request, reason }: RequestOptions & { reason: string }) => {
      print(await forSubject(tenant, (requests, context) => requests.close(context, request, reason)));
    });
  const command = new Command('subject').description('answer requests of persons');
  return [open, show, propose, close].reduce((all, one) => all.addCommand(one), command);
}

function onTenant(name: string, description: string): Command {
  return new Command(name).description(description).requiredOption('--tenant <name>', 'the tenant, by its name');
}

function onRequest(name: string, description: string): Command {
  return onTenant(name, description).requiredOption('--request <id>', 'the request', parseId);
}

function forSubject<T>(name: string, work: (requests: SubjectRequests, context: TenantContext) => Promise<T>): Promise<T> {
  const ownerUrl = requireOwnerUrl();
  return withJobQueue(ownerUrl, (jobs) =>
    withRetentionDesk({ ownerUrl, applicationName: 'piaoyan-cli' }, async (desk) => {
      const context = { tenantId: await desk.tenantIdOf(name), actor: operator() };
      return work(await desk.subjects(jobs, keyringAccess()), context);
    }),
  );
}

/** @throws InvalidArgumentError that says in a sentence what is wrong, and never what was given */
function given<T>(schema: z.ZodType<T>, options: object): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

function print(request: SubjectRequest): void {
  process.stdout.write(`${JSON.stringify(request, null, 2)}\n`);
}

import { ProviderId } from '@app/contracts';
import { Argument, Command } from 'commander';
import { asVerificationOperator } from './verification-admin';

/** `piaoyan provider list|pause|resume`: whether providers may be called. Verifications wait for a paused one, and none fails of it. */
export function providerCommand(): Command {
  const list = new Command('list').description('show whether each provider may be called').action(async () => {
    const channels = await asVerificationOperator((admin) => admin.channelStates());
    for (const { provider, state, since, reason, failures } of channels) {
      process.stdout.write(`${provider}  ${state}  since ${since.toISOString()}  failures ${failures}  ${reason ?? ''}`.trimEnd() + '\n');
    }
  });
  const pause = ordering('pause', 'let verifications by a provider wait, for maintenance').action(
    async (provider: ProviderId, { reason }: { reason: string }) => {
      await asVerificationOperator((admin, actor) => admin.pause(actor, provider, reason));
    },
  );
  const resume = ordering('resume', 'end a pause, or close a circuit that opened').action(
    async (provider: ProviderId, { reason }: { reason: string }) => {
      await asVerificationOperator((admin, actor) => admin.resume(actor, provider, reason));
    },
  );
  return new Command('provider').description('manage the providers').addCommand(list).addCommand(pause).addCommand(resume);
}

function ordering(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addArgument(new Argument('<name>', 'the provider').choices(ProviderId.options))
    .requiredOption('--reason <text>', 'why, for the record; shown to those who wait');
}

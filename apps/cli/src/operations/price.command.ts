import type { ProviderId } from '@app/contracts';
import { parseYuan, withChargeDesk } from '@app/verification';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDay, providerOption } from './arguments';
import { operator, ownerAccess } from './tenant-admin';

interface PriceOptions {
  provider: ProviderId;
  yuan: bigint;
  from: string;
}

/** `piaoyan price set`: what a call costs by the contract, from a day on. */
export function priceCommand(): Command {
  const set = new Command('set')
    .description('enter the price of one charged call by the contract; calls counted before keep theirs')
    .addOption(providerOption())
    .addOption(new Option('--yuan <price>', 'yuan per charged call, up to four decimals').argParser(parsePrice).makeOptionMandatory())
    .addOption(new Option('--from <day>', 'first day (Asia/Shanghai) on which it is valid').argParser(parseDay).makeOptionMandatory())
    .action(async ({ provider, yuan, from }: PriceOptions) => {
      await withChargeDesk(ownerAccess(), ({ prices }) => prices.set(operator(), { provider, hao: yuan, validFrom: from }));
      process.stdout.write(`${provider} ${from}\n`);
    });
  return new Command('price').description('manage the prices of calls').addCommand(set);
}

function parsePrice(text: string): bigint {
  const hao = parseYuan(text);
  if (hao === null) throw new InvalidArgumentError('give yuan as a decimal such as 0.355');
  return hao;
}

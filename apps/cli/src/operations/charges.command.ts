import { type Overview, type OverviewQuery, withChargeDesk } from '@app/verification';
import { Command, Option } from 'commander';
import { parseDay } from './arguments';
import { costCsv, costTable } from './cost-table';
import { operator, ownerAccess } from './tenant-admin';

interface ChargesOptions extends OverviewQuery {
  json?: true;
  csv?: true;
}

/** `piaoyan charges`: what calls came to over all tenants. */
export function chargesCommand(): Command {
  return new Command('charges')
    .description('show what calls cost, over all tenants')
    .addOption(new Option('--from <day>', 'first day (Asia/Shanghai)').argParser(parseDay).makeOptionMandatory())
    .addOption(new Option('--to <day>', 'last day').argParser(parseDay).makeOptionMandatory())
    .addOption(new Option('--by <what>', 'what a row stands for').choices(['tenant', 'provider', 'day']).default('tenant'))
    .option('--json', 'as JSON')
    .addOption(new Option('--csv', 'as CSV, for a spreadsheet').conflicts('json'))
    .action(async ({ json, csv, ...query }: ChargesOptions) => {
      if (query.from > query.to) throw new Error('--to must not be before --from');
      const overview = await withChargeDesk(ownerAccess(), ({ costs }) => costs.overview(operator(), query));
      process.stdout.write(await written(overview, { json, csv }));
    });
}

async function written(overview: Overview, { json, csv }: Pick<ChargesOptions, 'json' | 'csv'>): Promise<string | Buffer> {
  if (json) return `${JSON.stringify(overview, null, 2)}\n`;
  return csv ? costCsv(overview) : `${costTable(overview)}\n`;
}

import { Command } from 'commander';
import { asOperator } from './tenant-admin';
import { tenantEraseCommand, tenantExportCommand, tenantProposeErasureCommand } from './tenant-data.command';

/** `piaoyan tenant create|export|propose-erasure|erase`. */
export function tenantCommand(): Command {
  const create = new Command('create')
    .description('make a tenant')
    .argument('<name>', 'as people know it, such as 某某分行')
    .action(async (name: string) => {
      const { id } = await asOperator((admin, actor) => admin.createTenant(actor, name));
      process.stdout.write(`${id}\n`);
    });
  return new Command('tenant')
    .description('manage tenants')
    .addCommand(create)
    .addCommand(tenantExportCommand())
    .addCommand(tenantProposeErasureCommand())
    .addCommand(tenantEraseCommand());
}

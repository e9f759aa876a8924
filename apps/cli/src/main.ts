#!/usr/bin/env node
import { Command } from 'commander';
import { auditCommand } from './audit/audit.command';
import { doctorCommand } from './doctor/doctor.command';
import { evidenceCommand } from './evidence/evidence.command';
import { chargesCommand } from './operations/charges.command';
import { consentCommand } from './operations/consent.command';
import { credentialCommand } from './operations/credential.command';
import { keyCommand } from './operations/key.command';
import { keysCommand } from './operations/keys.command';
import { migrateCommand } from './operations/migrate.command';
import { priceCommand } from './operations/price.command';
import { quotaCommand } from './operations/quota.command';
import { reconcileCommand } from './operations/reconcile.command';
import { policyCommand } from './operations/policy.command';
import { providerCommand } from './operations/provider.command';
import { retentionCommand } from './operations/retention.command';
import { subjectCommand } from './operations/subject.command';
import { tenantCommand } from './operations/tenant.command';
import { approvalCommand } from './operations/approval.command';
import { supportBundleCommand } from './support/support-bundle.command';
import { userCommand } from './operations/user.command';
import { notice } from './notice';
import { readCommand } from './read/read.command';
import { sentenceOf } from './sentence-of';

const program = new Command('piaoyan')
  .description('票验: reads fiscal bills (财政票据) offline and runs the appliance')
  .showHelpAfterError()
  .addCommand(readCommand())
  .addCommand(doctorCommand())
  .addCommand(migrateCommand())
  .addCommand(tenantCommand())
  .addCommand(keyCommand())
  .addCommand(keysCommand())
  .addCommand(priceCommand())
  .addCommand(chargesCommand())
  .addCommand(reconcileCommand())
  .addCommand(credentialCommand())
  .addCommand(policyCommand())
  .addCommand(consentCommand())
  .addCommand(auditCommand())
  .addCommand(evidenceCommand())
  .addCommand(providerCommand())
  .addCommand(approvalCommand())
  .addCommand(retentionCommand())
  .addCommand(quotaCommand())
  .addCommand(subjectCommand())
  .addCommand(supportBundleCommand())
  .addCommand(userCommand());

program.parseAsync().catch((error: unknown) => {
  notice(sentenceOf(error));
  process.exitCode = 1;
});

import { auditPublicKey, publicKeyPem } from '@app/audit';
import { Command } from 'commander';
import { asAuditor } from './audit-proof';
import { notice } from '../notice';
import { recordForInstallation } from './installation-record';

/** `piaoyan audit keys`: the public keys that have signed, in PEM. To be kept off the box when they are new: later, the box could lie. */
export function keysCommand(): Command {
  return new Command('keys').description('print the public keys that have signed the audit, in PEM').action(async () => {
    await recordForInstallation({ action: 'audit.keys', targetType: 'audit', targetId: 'keys' });
    const keys = await asAuditor(({ store }) => store.keys());
    if (keys.length === 0) notice('nothing was sealed yet: no key has signed');
    for (const { id, spki } of keys) process.stdout.write(`${id}\n${publicKeyPem(auditPublicKey(Buffer.from(spki, 'base64')))}`);
  });
}

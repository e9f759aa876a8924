import { readSigner, type SettingFacts } from '@app/audit';
import type { WorkerConfig } from '@app/config';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What this worker's settings say of the proof and of trust, for the installation's audit. A worker tells only of what it does itself: the
 * one that seals of its key, the one that reads of its roots.
 */
export function settingFacts(config: WorkerConfig): SettingFacts {
  const { PIAOYAN_AUDIT_SIGNING_KEY: signingKey, PIAOYAN_TRUSTED_ROOTS: roots, PIAOYAN_SIEM_URL: siem } = config;
  return {
    ...(signingKey !== undefined && {
      'audit.signingKey': readSigner(signingKey).publicKey.id,
      'audit.removal': config.PIAOYAN_AUDIT_REMOVAL ? `after ${config.PIAOYAN_AUDIT_RETENTION_DAYS} days` : 'never',
      'crypto.suite': config.PIAOYAN_CRYPTO_SUITE,
    }),
    ...(config.PIAOYAN_AUDIT_ANCHOR_DIR !== undefined && { 'audit.anchors.file': config.PIAOYAN_AUDIT_ANCHOR_DIR }),
    ...(config.PIAOYAN_AUDIT_ANCHOR_BUCKET !== undefined && { 'audit.anchors.bucket': config.PIAOYAN_AUDIT_ANCHOR_BUCKET }),
    ...(siem !== undefined && { 'audit.siem': siem, 'audit.anchors.syslog': config.PIAOYAN_SIEM_ANCHORS ? siem : 'none' }),
    ...(config.PIAOYAN_WORKER_QUEUES.includes('receipt.read') && {
      'signatures.trustedRoots': roots === undefined ? 'none' : hashOf(roots),
    }),
  };
}

/** Over names and content of all files of a folder. */
function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) hash.update(`${name}\0`).update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return `sha256:${hash.digest('hex')}`;
}

import { readFile, writeFile } from 'node:fs/promises';
import type { Actor } from '@app/database';
import { BUSINESS_SCOPES, TenantExistsError, withTenantAdmin } from '@app/tenancy';

/** The demo's tenant, by its name. */
export const TENANT = 'demo';
/** Who the audit says made it. */
export const OPERATOR: Actor = { type: 'operator', id: 'demo', name: 'npm run demo' };

/** Makes the demo's tenant and its API key at the first start, and answers the key; later starts find it in `keyFile`. */
export async function seedTenant(options: { ownerUrl: string; hashKey: string; keyFile: string }): Promise<string> {
  const kept = await readFile(options.keyFile, 'utf8').catch(unlessMissing);
  if (kept !== undefined) return kept.trim();
  const secret = await makeKey(options);
  await writeFile(options.keyFile, `${secret}\n`, { mode: 0o600 });
  return secret;
}

function makeKey({ ownerUrl, hashKey }: { ownerUrl: string; hashKey: string }): Promise<string> {
  return withTenantAdmin({ ownerUrl, hashKey, applicationName: 'piaoyan-demo' }, async (admin) => {
    await admin.createTenant(OPERATOR, TENANT).catch(unlessExisting);
    const { secret } = await admin.createKey(OPERATOR, TENANT, { name: 'demo', scopes: BUSINESS_SCOPES });
    return secret;
  });
}

function unlessExisting(error: unknown): void {
  if (!(error instanceof TenantExistsError)) throw error;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Elements, ProviderFace } from '@app/contracts';
import type { StackFolders } from './stack-folders';

/** A bill that the simulated providers know. */
export interface SandboxBill {
  elements: Elements;
  face?: Partial<ProviderFace>;
  reversed?: boolean;
  accounted?: boolean;
  printed?: boolean;
  delayMs?: number;
}

/** Limits of egress towards the providers. */
export interface ProviderLimits {
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
  ratePerSecond?: number;
}

/** Writes the sandbox's book and egress's providers file, with accounts at the sandbox that are new at every start. */
export async function writeProviderFiles(options: {
  folders: Pick<StackFolders, 'bookFile' | 'providersFile'>;
  sandboxUrl: string;
  bills: readonly SandboxBill[];
  limits?: ProviderLimits;
}): Promise<void> {
  const secret = () => randomBytes(16).toString('hex');
  const accounts = { netocr: { key: secret(), secret: secret() }, jumdata: { appId: secret(), appSecret: secret() } };
  // No contract limits the simulated providers.
  const limits = { ratePerSecond: 1_000, ...options.limits };
  const account = (credentials: Record<string, string>) => ({ baseUrl: options.sandboxUrl, credentials, ...limits });
  const providers = { netocr: account(accounts.netocr), jumdata: account(accounts.jumdata) };
  await writeFile(options.folders.bookFile, JSON.stringify({ accounts, bills: options.bills }, null, 2), { mode: 0o600 });
  await writeFile(options.folders.providersFile, JSON.stringify(providers, null, 2), { mode: 0o600 });
}

import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stack, StackDatabase, StackOptions } from '@app/devstack';
import { transformFile } from '@swc/core';
import { z } from 'zod';
import { CampaignProduct } from '../../faults/campaign/campaign-product';
import type { Canaries } from './canary';
import type { MarkedBill } from './marked-bill';
import type { Accounts } from './provider-wire';

/** The processes of the product; the sandbox is a provider's stand-in, and what it does is not ours. */
export const WATCHED = ['api', 'worker', 'egress'] as const;
export type Watched = (typeof WATCHED)[number];

const ProvidersFile = z.object({
  netocr: z.object({ credentials: z.object({ key: z.string(), secret: z.string() }) }),
  jumdata: z.object({ credentials: z.object({ appId: z.string(), appSecret: z.string() }) }),
});

/** Writes the recorder as a script that any Node.js loads, and gives its path. */
export async function writeRecorder(folder: string): Promise<string> {
  const { code } = await transformFile(join(__dirname, 'recorder.ts'), {
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const file = join(folder, 'recorder.cjs');
  await writeFile(file, code);
  return file;
}

/** Starts the whole product, the models included, with a recorder in each of its processes and its logs as talkative as they get. */
export async function startWatchedProduct(options: {
  folder: string;
  bills: readonly MarkedBill[];
  tenants: number;
  webhookOrigin: string;
  /** Where the audit is forwarded to, such as `tcp://127.0.0.1:5140`. */
  siemUrl: string;
  /** Where the api tells its metrics. */
  metricsPort: number;
  log: (line: string) => void;
}): Promise<CampaignProduct> {
  const records = join(options.folder, 'records');
  await mkdir(records);
  const recorder = await writeRecorder(options.folder);
  const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const settings = ({ ownerUrl }: StackDatabase): StackOptions['settings'] => {
    const watched = (name: Watched): Record<string, string> => ({
      NODE_OPTIONS: `--require=${recorder}`,
      CANARY_RECORD: join(records, name),
      CANARY_SILENT_PORT: new URL(ownerUrl).port,
      PIAOYAN_LOG_LEVEL: 'trace',
    });
    const targets = { PIAOYAN_WEBHOOK_TARGETS: options.webhookOrigin };
    const siem = { PIAOYAN_SIEM_URL: options.siemUrl, PIAOYAN_SIEM_ALLOW_PLAIN: 'true', PIAOYAN_AUDIT_SIGNING_KEY: signingKey };
    const metrics = { PIAOYAN_METRICS_PORT: String(options.metricsPort) };
    return {
      api: { ...watched('api'), ...targets, ...metrics },
      worker: { ...watched('worker'), ...targets, ...siem },
      egress: watched('egress'),
    };
  };
  return CampaignProduct.start({ bills: options.bills.map(({ known }) => known), tenants: options.tenants, log: options.log, settings });
}

/** The secrets that the product was started with are canaries, too; gives the accounts, which may stand on the providers' wires. */
export async function keepSecrets({ stack, keys }: { stack: Stack; keys: readonly string[] }, canaries: Canaries): Promise<Accounts> {
  const { netocr, jumdata } = ProvidersFile.parse(JSON.parse(await readFile(stack.folders.providersFile, 'utf8')));
  const passwords = Object.values(stack.database).map((url) => new URL(String(url)).password);
  for (const secret of [stack.hashKey, stack.masterKey, ...passwords]) canaries.keep('productSecret', secret);
  for (const key of keys) canaries.keep('apiKey', key);
  canaries.keep('providerSecret', jumdata.credentials.appSecret);
  for (const shown of [netocr.credentials.key, netocr.credentials.secret, jumdata.credentials.appId])
    canaries.keep('providerCredential', shown);
  return { netocr: netocr.credentials, jumdata: jumdata.credentials };
}

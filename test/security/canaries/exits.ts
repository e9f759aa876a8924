import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CampaignProduct } from '../../faults/campaign/campaign-product';
import type { CanaryKind } from './canary';
import type { Recording, RecordedConnection } from './recording';
import { WATCHED } from './watched-product';

/** One way out, all that was recorded on it, and the kinds of canaries that belong there. */
export interface Exit {
  name: string;
  allowed: readonly CanaryKind[];
  blobs: readonly Buffer[];
}

/** Where the connections of the product may lead. */
export interface Targets {
  provider: string;
  gateway: string;
  webhooks: string;
  siem: string;
  database: string;
}

const PROVIDER_WIRE: readonly CanaryKind[] = ['element', 'providerCredential'];
const GATEWAY_WIRE: readonly CanaryKind[] = ['element'];
/** What a caller's program calls itself is on record with where its request came from, and in no log. */
const AUDIT: readonly CanaryKind[] = ['userAgent'];

/** What was sent to a target by a process. */
export function sentTo(recording: Recording, process: string, target: string): Buffer[] {
  return recording.connections.filter((each) => each.process === process && each.target === target).map(({ sent }) => sent);
}

/** Connections to where nothing may go. */
export function strayConnections({ connections }: Recording, targets: Targets): RecordedConnection[] {
  const allowed: Record<string, readonly string[]> = {
    api: [targets.database],
    worker: [targets.database, targets.gateway, targets.webhooks, targets.siem],
    egress: [targets.provider],
  };
  return connections.filter(({ process, target }) => !allowed[process]?.includes(target));
}

/** All exits of the product, each with all that was recorded on it. */
export async function exitsOf(options: {
  product: CampaignProduct;
  recording: Recording;
  targets: Targets;
  webhooks: readonly Buffer[];
  probes: readonly Buffer[];
  metrics: readonly Buffer[];
  commands: readonly Buffer[];
  exportedAudit: readonly Buffer[];
}): Promise<Exit[]> {
  const { product, recording, targets } = options;
  const { records, logs } = product.stack.folders;
  return [
    { name: 'egress to the provider, as sent', allowed: PROVIDER_WIRE, blobs: sentTo(recording, 'egress', targets.provider) },
    { name: 'egress to the provider, as received', allowed: PROVIDER_WIRE, blobs: await filesIn(join(records, 'requests')) },
    { name: 'worker to egress', allowed: GATEWAY_WIRE, blobs: sentTo(recording, 'worker', targets.gateway) },
    { name: 'webhooks, as sent', allowed: [], blobs: sentTo(recording, 'worker', targets.webhooks) },
    { name: 'webhooks, as received', allowed: [], blobs: options.webhooks },
    { name: 'audit to the SIEM', allowed: AUDIT, blobs: sentTo(recording, 'worker', targets.siem) },
    { name: 'connections to anywhere else', allowed: [], blobs: strayConnections(recording, targets).map(({ sent }) => sent) },
    {
      name: 'standard output and error, at level trace',
      allowed: [],
      blobs: await Promise.all(WATCHED.map((name) => readFile(join(logs, `${name}.log`)))),
    },
    { name: 'health', allowed: [], blobs: options.probes },
    { name: 'metrics', allowed: [], blobs: options.metrics },
    { name: 'support bundle and commands', allowed: [], blobs: options.commands },
    { name: 'exported audit', allowed: AUDIT, blobs: options.exportedAudit },
    { name: 'audit entries', allowed: AUDIT, blobs: await auditOf(product) },
  ];
}

async function filesIn(folder: string): Promise<Buffer[]> {
  return Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name))));
}

/** Entries as whoever exports them gets them. */
async function auditOf(product: CampaignProduct): Promise<Buffer[]> {
  const client = await product.connect();
  try {
    const { rows } = await client.query<{ text: string }>('select row_to_json(e)::text as text from audit_entry e order by id');
    return rows.map(({ text }) => Buffer.from(text));
  } finally {
    await client.end();
  }
}

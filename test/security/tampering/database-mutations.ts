import { randomUUID } from 'node:crypto';
import type { TenantContext } from '@app/database';
import type { Random } from '@app/samples';
import type { Client } from 'pg';
import { oneOf } from './export-view';
import type { Expected } from './mutation';

/** What a superuser did, whose export is then verified: the tenant's, or the chain over all. */
export interface DatabaseTampering {
  expected: Expected;
  isOfChain?: true;
  /** The tenant's whose older segments were removed by rule. */
  isOfAged?: true;
  /** Whether the anchors are needed to see it. */
  withAnchors?: true;
}

export interface Seal {
  sequence: number;
  entryId: string;
  segment: number;
}
export interface DatabaseTools {
  chance: Random;
  client: Client;
  tenant: TenantContext;
  aged: TenantContext;
  seals: readonly Seal[];
  /** Number of the tenant's last segment. */
  last: number;
}
export type DatabaseMutation = (tools: DatabaseTools) => Promise<DatabaseTampering>;

const TEXTS = [
  'action',
  'actor_type',
  'actor_id',
  'actor_name',
  'target_type',
  'target_id',
  'outcome',
  'actor_roles',
  'request_id',
  'client_address',
];
const AT_ENTRY = 'where tenant_id = $1 and id = $2';

const entryEdit =
  (set: (chance: Random) => string): DatabaseMutation =>
  async ({ chance, client, tenant, seals }) => {
    const { sequence, entryId, segment } = oneOf(chance, seals);
    await client.query(`update audit_entry set ${set(chance)} ${AT_ENTRY}`, [tenant.tenantId, entryId]);
    return { expected: { codes: ['entry-altered'], sequence, entryId, segment } };
  };

const segmentEdit =
  (table: string, column: 'number' | 'segment', set: string): DatabaseMutation =>
  async ({ chance, client, tenant, last }) => {
    const number = chance.int(2, last);
    const owner = table === 'audit_link' ? 'sealed_tenant' : 'tenant_id';
    const { rowCount } = await client.query(`update ${table} set ${set} where ${owner} = $1 and ${column} = $2`, [tenant.tenantId, number]);
    if (rowCount !== 1) throw new Error(`${table} has no segment ${number}`);
    return { expected: { codes: SEGMENT_CODES, segment: number } };
  };
const SEGMENT_CODES = [
  ...(['segment-altered', 'segment-root', 'segment-chain', 'segment-signature', 'segment-unsigned'] as const),
  ...(['segment-foreign-key', 'segment-key-change'] as const),
];

/** What somebody with all rights over the database does, triggers switched off. */
export const DATABASE_MUTATIONS: Record<string, DatabaseMutation> = {
  'rows: entry edited': entryEdit(
    (chance) =>
      `${oneOf(
        chance,
        TEXTS.filter((name) => name !== 'outcome'),
      )} = 'x-' || ${chance.int(1, 999)}`,
  ),
  'rows: refusal made a success, or the reverse': entryEdit(
    () => `outcome = case outcome when 'success' then 'failure' else 'success' end`,
  ),
  'rows: detail edited': entryEdit((chance) => `detail = '{"page":${chance.int(10, 99)}}'`),
  'rows: detail spaced otherwise': entryEdit(() => `detail = (detail::text || ' ')::json`),
  'rows: time moved by a microsecond': entryEdit(() => `recorded_at = recorded_at + interval '1 microsecond'`),
  'rows: time moved by days': entryEdit((chance) => `recorded_at = recorded_at - interval '${chance.int(1, 400)} days'`),
  'rows: transaction renumbered': entryEdit(() => `transaction_id = '7'`),

  'rows: entry deleted': async ({ chance, client, tenant, seals }) => {
    const { sequence, entryId, segment } = oneOf(chance, seals);
    await client.query(`delete from audit_entry ${AT_ENTRY}`, [tenant.tenantId, entryId]);
    return { expected: { codes: ['entry-missing'], sequence, segment } };
  },
  'rows: entry and its seal deleted': async ({ chance, client, tenant, seals }) => {
    const { entryId, segment } = oneOf(chance, seals);
    await client.query(`delete from audit_entry ${AT_ENTRY}`, [tenant.tenantId, entryId]);
    await client.query('delete from audit_seal where tenant_id = $1 and entry_id = $2', [tenant.tenantId, entryId]);
    return { expected: { codes: ['segment-root'], segment } };
  },
  'rows: entry edited with its leaf': async ({ chance, client, tenant, seals }) => {
    const { sequence, entryId, segment } = oneOf(chance, seals);
    await client.query(`update audit_entry set actor_name = 'x' ${AT_ENTRY}`, [tenant.tenantId, entryId]);
    await client.query(`update audit_seal set leaf = sha256('x') where tenant_id = $1 and sequence = $2`, [tenant.tenantId, sequence]);
    return { expected: { codes: ['segment-root'], segment } };
  },
  'rows: two entries exchanged': async ({ chance, client, tenant, seals }) => {
    const at = chance.int(0, seals.length - 2);
    const [one, two] = [seals[at]!, seals[at + 1]!];
    const put = `update audit_seal set entry_id = $3 where tenant_id = $1 and sequence = $2`;
    for (const [sequence, id] of [
      [one.sequence, randomUUID()],
      [two.sequence, one.entryId],
      [one.sequence, two.entryId],
    ])
      await client.query(put, [tenant.tenantId, sequence, id]);
    return { expected: { codes: ['entry-altered'], sequence: one.sequence, entryId: two.entryId } };
  },
  'rows: entry inserted': async (tools) => {
    const entryId = await insertCopy(tools);
    return { expected: { codes: ['entry-inserted'], entryId } };
  },
  'rows: entry inserted with a seal beyond the last': async (tools) => {
    const { client, tenant, seals, last, chance } = tools;
    const entryId = await insertCopy(tools);
    const sequence = oneOf(chance, [0, -1, seals.length + 1, seals.length + 100]);
    await client.query(`insert into audit_seal (tenant_id, sequence, entry_id, segment, leaf) values ($1, $2, $3, $4, sha256('x'))`, [
      ...[tenant.tenantId, sequence, entryId, last],
    ]);
    return { expected: { codes: ['entry-inserted'], entryId } };
  },
  "rows: entry given to another tenant's audit": async ({ chance, client, tenant, seals }) => {
    const { sequence, entryId, segment } = oneOf(chance, seals);
    await client.query(`update audit_entry set tenant_id = $3 ${AT_ENTRY}`, [tenant.tenantId, entryId, randomUUID()]);
    return { expected: { codes: ['entry-missing'], sequence, segment } };
  },

  'rows: root edited': segmentEdit('audit_segment', 'number', `root = sha256(root)`),
  'rows: hash edited': segmentEdit('audit_segment', 'number', `hash = sha256(hash)`),
  'rows: chain edited': segmentEdit('audit_segment', 'number', `previous_hash = sha256(previous_hash)`),
  'rows: time of sealing edited': segmentEdit('audit_segment', 'number', `sealed_at = sealed_at - interval '1 day'`),
  'rows: bound edited': segmentEdit('audit_segment', 'number', `sealed_below = '1'`),
  'rows: signature edited': segmentEdit('audit_signature', 'segment', `signature = signature || '\\x00'`),
  'rows: key edited': segmentEdit('audit_signature', 'segment', `key_id = md5(key_id)`),
  'rows: key before edited': segmentEdit('audit_signature', 'segment', `previous_key_id = md5(key_id)`),
  'rows: link edited': segmentEdit('audit_link', 'segment', `hash = sha256(hash)`),
  'rows: signature deleted': async ({ chance, client, tenant, last }) => {
    const number = chance.int(1, last - 1);
    await client.query('delete from audit_signature where tenant_id = $1 and segment = $2', [tenant.tenantId, number]);
    return { expected: { codes: ['segment-unsigned'], segment: number } };
  },
  'rows: segment deleted': async ({ chance, client, tenant, last }) => {
    const number = chance.int(2, last - 1);
    await deleteFrom(client, tenant, number, number);
    return { expected: { codes: ['segment-missing'], segment: number } };
  },
  'rows: tail deleted everywhere, against anchors': async ({ chance, client, tenant, last }) => {
    const number = chance.int(2, last);
    await deleteFrom(client, tenant, number, last);
    await client.query('delete from audit_entry where tenant_id = $1 and not exists (select from audit_seal s where s.entry_id = id)', [
      tenant.tenantId,
    ]);
    return { expected: { codes: ['tail-cut'], segment: number }, withAnchors: true };
  },
  'rows: whole tenant deleted, links too': async ({ client, tenant, last }) => {
    const { rows } = await client.query<{ first: string }>('select min(number) as first from audit_link where sealed_tenant = $1', [
      tenant.tenantId,
    ]);
    await deleteFrom(client, tenant, 1, last);
    await client.query('delete from audit_entry where tenant_id = $1', [tenant.tenantId]);
    return { expected: { codes: ['segment-missing'], segment: Number(rows[0]?.first) }, isOfChain: true };
  },
  'rows: whole tenant deleted, links left': async ({ client, tenant }) => {
    const { rows } = await client.query<{ first: string }>('select min(number) as first from audit_link where sealed_tenant = $1', [
      tenant.tenantId,
    ]);
    for (const table of ['audit_entry', 'audit_seal', 'audit_segment', 'audit_signature'])
      await client.query(`delete from ${table} where tenant_id = $1`, [tenant.tenantId]);
    return { expected: { codes: ['segment-unsigned'], segment: Number(rows[0]?.first) }, isOfChain: true };
  },
  'rows: record of a removal deleted': async ({ client, aged }) => {
    const { rows } = await client.query<{ first: string }>(
      `delete from audit_removal where tenant_id = $1 and number = (select max(number) from audit_removal where tenant_id = $1)
       returning first_segment as first`,
      [aged.tenantId],
    );
    return { expected: { codes: ['head-cut'], segment: Number(rows[0]?.first) }, isOfAged: true };
  },
  'rows: record of a removal edited': async ({ chance, client, aged }) => {
    const set = oneOf(chance, [
      'retention_days = 184',
      `removed_at = removed_at - interval '1 day'`,
      'root = sha256(root)',
      'last_hash = root',
    ]);
    await client.query(`update audit_removal set ${set} where tenant_id = $1 and number = 2`, [aged.tenantId]);
    return { expected: { codes: ['removal-altered'] }, isOfAged: true };
  },
  'rows: removal stretched over what was kept, its rows deleted': async ({ client, aged }) => {
    const { rows } = await client.query<{ last: string }>(
      `update audit_removal set last_segment = last_segment + 1 where tenant_id = $1 and number = 2 returning last_segment as last`,
      [aged.tenantId],
    );
    await deleteFrom(client, aged, Number(rows[0]?.last), Number(rows[0]?.last));
    return { expected: { codes: ['removal-altered'] }, isOfAged: true };
  },
  'rows: more deleted than was recorded': async ({ client, aged }) => {
    const { rows } = await client.query<{ first: string }>('select min(number) as first from audit_segment where tenant_id = $1', [
      aged.tenantId,
    ]);
    const first = Number(rows[0]?.first);
    await client.query(
      `delete from audit_entry e using audit_seal s where e.tenant_id = $1 and s.tenant_id = $1 and s.entry_id = e.id and s.segment = $2`,
      [aged.tenantId, first],
    );
    await deleteFrom(client, aged, first, first);
    return { expected: { codes: ['head-cut'], segment: first }, isOfAged: true };
  },
  'rows: record of a removal given to another tenant': async ({ client, tenant, aged }) => {
    await client.query(`update audit_removal set tenant_id = $2 where tenant_id = $1 and number = 1`, [aged.tenantId, tenant.tenantId]);
    return { expected: { codes: ['removal-altered'], segment: 1 } };
  },
  'rows: chain over all edited': async ({ chance, client }) => {
    const number = chance.int(2, 20);
    await client.query('update audit_link set segment_hash = sha256(segment_hash) where number = $1', [number]);
    return { expected: { codes: ['segment-altered'], segment: number }, isOfChain: true };
  },
};

/** A copy of a sealed entry under another id, of a transaction long past. */
async function insertCopy({ chance, client, tenant, seals }: DatabaseTools): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into audit_entry (id, tenant_id, recorded_at, transaction_id, action, actor_type, actor_id, actor_name, target_type, target_id, detail)
     select $3, tenant_id, recorded_at, transaction_id, action, actor_type, actor_id, '后来插入', target_type, target_id, detail from audit_entry ${AT_ENTRY}`,
    [tenant.tenantId, oneOf(chance, seals).entryId, id],
  );
  return id;
}

/** Segments of a tenant as if they had never been. */
async function deleteFrom(client: Client, { tenantId }: TenantContext, first: number, last: number): Promise<void> {
  const values = [tenantId, first, last];
  await client.query('delete from audit_signature where tenant_id = $1 and segment between $2 and $3', values);
  await client.query('delete from audit_seal where tenant_id = $1 and segment between $2 and $3', values);
  await client.query('delete from audit_segment where tenant_id = $1 and number between $2 and $3', values);
  await client.query('delete from audit_link where sealed_tenant = $1 and segment between $2 and $3', values);
}

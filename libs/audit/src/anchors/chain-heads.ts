import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Anchor } from './anchor';

interface HeadRow {
  number: string;
  sequence: string | null;
  segmentHash: Buffer;
  linkHash: Buffer;
  keyId: string;
  previousKeyId: string | null;
  signature: Buffer;
}

const SIGNED = `s.key_id as "keyId", s.previous_key_id as "previousKeyId", s.signature`;

/** From one tenant to the next by the index: links are never removed, and reading them all would take longer each day. */
const SEALED_TENANTS = `
  with recursive sealed (tenant) as (
    (select sealed_tenant from audit_link order by sealed_tenant limit 1)
    union all
    select (select l.sealed_tenant from audit_link l where l.sealed_tenant > s.tenant order by l.sealed_tenant limit 1)
    from sealed s where s.tenant is not null)
  select tenant from sealed where tenant is not null`;

/** Ids of all that were ever sealed, those that were erased among them. */
export async function sealedTenants(dataSource: Pick<DataSource, 'query'>): Promise<string[]> {
  return (await dataSource.query<{ tenant: string }[]>(SEALED_TENANTS)).map(({ tenant }) => tenant);
}

/** The signed heads of the chains, for processes of any role: each is read in its tenant's own transaction. */
@Injectable()
export class ChainHeads {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Of every tenant that has a segment, and of the chain over all at the end. */
  async all(): Promise<Anchor[]> {
    const tenants = await sealedTenants(this.dataSource);
    const anchors: Anchor[] = [];
    for (const tenant of tenants) anchors.push(...(await this.ofTenant(tenant)));
    const whole = await this.ofAll();
    return [...anchors, ...whole];
  }

  /** One anchor, or none before the first signature. */
  async ofTenant(tenantId: string): Promise<Anchor[]> {
    return this.unitOfWork.run(contextOf(tenantId), async ({ manager }) => {
      const rows = await manager.query<HeadRow[]>(
        `select g.number, g.last_sequence as sequence, g.hash as "segmentHash", l.hash as "linkHash", ${SIGNED}
         from audit_signature s
         join audit_segment g on g.tenant_id = s.tenant_id and g.number = s.segment
         join audit_link l on l.sealed_tenant = s.tenant_id and l.segment = s.segment
         where s.tenant_id = $1 order by s.segment desc limit 1`,
        [tenantId],
      );
      return rows.map((row) => anchorOf(tenantId, row));
    });
  }

  private async ofAll(): Promise<Anchor[]> {
    const [link] = await this.dataSource.query<{ tenant: string; segment: string }[]>(
      `select sealed_tenant as tenant, segment from audit_link where number <= (select signed_link from audit_sealing) order by number desc limit 1`,
    );
    if (link === undefined) return [];
    return this.unitOfWork.run(contextOf(link.tenant), async ({ manager }) => {
      const rows = await manager.query<HeadRow[]>(
        `select l.number, null as sequence, l.segment_hash as "segmentHash", l.hash as "linkHash", ${SIGNED}
         from audit_link l join audit_signature s on s.tenant_id = l.sealed_tenant and s.segment = l.segment
         where l.sealed_tenant = $1 and l.segment = $2`,
        [link.tenant, link.segment],
      );
      return rows.map((row) => anchorOf(null, row));
    });
  }
}

const contextOf = (tenantId: string): TenantContext => ({ tenantId, actor: { type: 'worker', id: 'audit-anchor', name: 'audit anchors' } });

function anchorOf(tenantId: string | null, row: HeadRow): Anchor {
  return {
    type: 'anchor',
    tenantId,
    number: Number(row.number),
    sequence: row.sequence === null ? null : Number(row.sequence),
    segmentHash: row.segmentHash.toString('hex'),
    linkHash: row.linkHash.toString('hex'),
    keyId: row.keyId,
    previousKeyId: row.previousKeyId,
    signature: row.signature.toString('base64'),
    anchoredAt: new Date().toISOString(),
  };
}

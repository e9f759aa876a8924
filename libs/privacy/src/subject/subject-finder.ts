import type { Tx } from '@app/database';

/** Records that name a person. */
export interface SubjectRecords {
  receipts: string[];
  verifications: string[];
}

/** More than this names no person any more. */
const MOST = 10_000;

/** What names exactly this payer: as read, as a person corrected it, or as the provider told it. */
export async function recordsOfPayer({ manager, tenant }: Tx, payer: string): Promise<SubjectRecords> {
  const values = [tenant.tenantId, payer];
  const receipts = await manager.query<{ id: string }[]>(
    `select r.id from receipt r where r.tenant_id = $1 and (
       exists (select from json_array_elements(r.reading->'bills') b where b->'fields'->'payer'->>'value' = $2)
       or exists (select from receipt_correction c where c.tenant_id = $1 and c.receipt_id = r.id and c.fields->'payer'->>'to' = $2)
       or exists (select from verification v where v.tenant_id = $1 and v.receipt_id = r.id and v.face->>'payer' = $2))
     order by r.id limit ${MOST}`,
    values,
  );
  const verifications = await manager.query<{ id: string }[]>(
    `select v.id from verification v where v.tenant_id = $1 and v.finished_at is not null
       and (v.face->>'payer' = $2 or v.receipt_id = any($3::uuid[])) and v.detail_erased_at is null order by v.id limit ${MOST}`,
    [...values, receipts.map(({ id }) => id)],
  );
  return { receipts: receipts.map(({ id }) => id), verifications: verifications.map(({ id }) => id) };
}

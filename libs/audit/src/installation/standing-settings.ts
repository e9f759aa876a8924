import type { Tx } from '@app/database';

/** Settings as processes last told them (`SettingsRecord`), by their names; for a transaction that is about the installation. */
export async function standingSettings(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows: { name: string; value: string }[] = await tx.manager.query(
    `select name, value from (
       select target_id as name, detail->>'value' as value,
         row_number() over (partition by target_id order by recorded_at desc, id desc) as place
       from audit_entry where tenant_id = $1 and action = 'setting.change' and target_type = 'setting') s
     where place = 1 and value is not null`,
    [tx.tenant.tenantId],
  );
  return new Map(rows.map(({ name, value }) => [name, value]));
}

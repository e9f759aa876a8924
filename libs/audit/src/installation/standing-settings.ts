import type { Tx } from '@app/database';

/** A setting as a process last told it, and which kind of process that was. */
export interface StandingSetting {
  name: string;
  value: string;
  kind: string;
}

/** Settings that stand, as processes last told them (`SettingsRecord`); for a transaction that is about the installation. */
export async function standingSettings(tx: Tx): Promise<StandingSetting[]> {
  return tx.manager.query(
    `select name, value, kind from (
       select target_id as name, detail->>'value' as value, detail->>'kind' as kind,
         row_number() over (partition by target_id order by recorded_at desc, id desc) as place
       from audit_entry where tenant_id = $1 and action = 'setting.change' and target_type = 'setting') s
     where place = 1 and value is not null`,
    [tx.tenant.tenantId],
  );
}

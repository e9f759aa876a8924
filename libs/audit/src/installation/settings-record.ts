import { type Tx, UnitOfWork } from '@app/database';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { AuditLog, type AuditRecord } from '../audit-log';
import { installationContext } from './installation';

/** What a process says of settings that the proof depends on: names, counts, fingerprints. Never a secret. */
export type SettingFacts = Readonly<Record<string, string>>;

/**
 * Puts on record, when a process starts, each of these settings that is not as the audit last says. A process that cannot say so does not
 * start: what proves the audit is not changed unseen.
 */
export class SettingsRecord implements OnApplicationBootstrap {
  private readonly audit = new AuditLog();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    /** Such as `worker`. */
    private readonly process: string,
    private readonly facts: SettingFacts,
    /** Tells processes of one kind from others, such as by their queues: what none but such a one told, it may tell the end of. */
    private readonly kind: string,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const context = installationContext({ type: 'worker', id: this.process, name: this.process });
    // One process at a time compares, so that two that start together tell of a change once.
    await this.unitOfWork.run(
      context,
      async (tx) => {
        for (const [name, value] of Object.entries(this.facts)) {
          const [last] = await tx.manager.query<{ value: string | null }[]>(
            `select detail->>'value' as value from audit_entry
             where tenant_id = $1 and target_type = 'setting' and target_id = $2 order by recorded_at desc, id desc limit 1`,
            [context.tenantId, name],
          );
          if (last?.value === value) continue;
          const detail = { value, before: last?.value ?? null, kind: this.kind };
          await this.audit.append(tx, { action: 'setting.change', targetType: 'setting', targetId: name, detail });
        }
        for (const { name, value } of await this.told(tx))
          if (!Object.hasOwn(this.facts, name)) await this.audit.append(tx, ended(name, value, this.kind));
      },
      'settings',
    );
  }

  /** Settings that stand, as a process of this kind said last. */
  private told(tx: Tx): Promise<{ name: string; value: string }[]> {
    return tx.manager.query(
      `select name, value from (
         select target_id as name, detail->>'value' as value, detail->>'kind' as kind,
           row_number() over (partition by target_id order by recorded_at desc, id desc) as place
         from audit_entry where tenant_id = $1 and action = 'setting.change' and target_type = 'setting') s
       where place = 1 and kind = $2 and value is not null`,
      [tx.tenant.tenantId, this.kind],
    );
  }
}

function ended(name: string, before: string, kind: string): AuditRecord {
  return { action: 'setting.change', targetType: 'setting', targetId: name, detail: { value: null, before, kind } };
}

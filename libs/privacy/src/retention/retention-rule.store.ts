import { RetentionDays } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DEFAULT_RULES, type RetentionRules } from './retention-rules';

interface RuleRow {
  version: number;
  days: unknown;
  setBy: string;
  setByName: string;
  setAt: Date;
}

/** Queries of retention rules. Versions are added, never changed: each proof names the one it followed. */
@Injectable()
export class RetentionRuleStore {
  /** The newest version, or the installation's rules where the tenant has none. */
  async current(tx: Tx): Promise<RetentionRules> {
    const [row] = await tx.manager.query<RuleRow[]>(
      `select version, days, set_by as "setBy", set_by_name as "setByName", set_at as "setAt" from retention_rule
       where tenant_id = $1 order by version desc limit 1`,
      [tx.tenant.tenantId],
    );
    if (row === undefined) return DEFAULT_RULES;
    const { version, days, setBy, setByName, setAt } = row;
    return { version, days: RetentionDays.parse(days), setBy: { id: setBy, name: setByName }, setAt };
  }

  async insert(tx: Tx, { version, days, setBy, setAt }: RetentionRules): Promise<void> {
    await tx.manager.query(
      `insert into retention_rule (tenant_id, version, days, set_by, set_by_name, set_at) values ($1, $2, $3, $4, $5, $6)`,
      [tx.tenant.tenantId, version, JSON.stringify(days), setBy?.id, setBy?.name, setAt],
    );
  }
}

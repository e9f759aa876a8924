import type { Tx } from '@app/database';
import { RecoveryCode } from './recovery-code.entity';
import { SecondFactor } from './second-factor.entity';

/** Queries of second factors and recovery codes. All are of the tenant of `tx`. */
export class SecondFactorStore {
  async find(tx: Tx, userId: string): Promise<SecondFactor | null> {
    return tx.manager.findOneBy(SecondFactor, { tenantId: tx.tenant.tenantId, userId });
  }

  async insert(tx: Tx, factor: Pick<SecondFactor, 'userId' | 'secretSealed' | 'enrolledAt'>): Promise<void> {
    await tx.manager.insert(SecondFactor, { ...factor, tenantId: tx.tenant.tenantId, confirmedAt: null, lastStep: null });
  }

  async confirm(tx: Tx, userId: string, at: Date): Promise<void> {
    await tx.manager.update(SecondFactor, { tenantId: tx.tenant.tenantId, userId }, { confirmedAt: at });
  }

  /** Uses up a step; false when it or a later one was used before. One statement, so that one code does not open twice at once. */
  async useStep(tx: Tx, userId: string, step: number): Promise<boolean> {
    const [, changed] = await tx.manager.query<[unknown[], number]>(
      `update second_factor set last_step = $3 where tenant_id = $1 and user_id = $2 and (last_step is null or last_step < $3)`,
      [tx.tenant.tenantId, userId, step],
    );
    return changed === 1;
  }

  /** Uses up a recovery code; false for one that does not exist or was used. */
  async useRecoveryCode(tx: Tx, userId: string, hash: Buffer, at: Date): Promise<boolean> {
    const [, changed] = await tx.manager.query<[unknown[], number]>(
      `update recovery_code set used_at = $4 where tenant_id = $1 and user_id = $2 and hash = $3 and used_at is null`,
      [tx.tenant.tenantId, userId, hash, at],
    );
    return changed === 1;
  }

  async countUnusedCodes(tx: Tx, userId: string): Promise<number> {
    const rows = await tx.manager.query<{ count: number }[]>(
      `select count(*)::int as count from recovery_code where tenant_id = $1 and user_id = $2 and used_at is null`,
      [tx.tenant.tenantId, userId],
    );
    return rows[0]?.count ?? 0;
  }

  async replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly Buffer[]): Promise<void> {
    const { tenantId } = tx.tenant;
    await tx.manager.delete(RecoveryCode, { tenantId, userId });
    if (hashes.length > 0)
      await tx.manager.insert(
        RecoveryCode,
        hashes.map((hash) => ({ tenantId, userId, hash, usedAt: null })),
      );
  }

  /** Whether there was one. */
  async remove(tx: Tx, userId: string): Promise<boolean> {
    const { affected } = await tx.manager.delete(SecondFactor, { tenantId: tx.tenant.tenantId, userId });
    return (affected ?? 0) > 0;
  }
}

import type { AuditRecord } from '@app/audit';
import type { TenantContext, Tx } from '@app/database';
import { Logger } from '@nestjs/common';
import type { IdentityParts } from '../identity-parts';
import { keyedHash } from '../keyed-hash';
import { loginKey } from '../users/login-key';
import type { User } from '../users/user.entity';
import type { Throttling } from './address-throttle';
import type { Guess } from './guesses';
import type { ProvenAct, Refusal } from './refusal';
import { NO_TENANT } from './sign-in-tenant';

/** What is known of an attempt that failed. */
export interface RefusedAttempt {
  tenantId: string;
  act: ProvenAct;
  reason: Refusal;
  address: string;
  /** Null for a login that nobody has; then only a keyed hash of it is noted, since it may well be somebody's password. */
  user: Pick<User, 'id' | 'login'> | null;
  login: string;
  guess: Guess | null;
  throttling: Throttling;
  /** The provider or directory that was to vouch; none for local accounts. */
  sourceId?: string;
}

/** What its person is told of at the next sign-in: somebody else may have tried. */
const SIGNING_IN: ReadonlySet<ProvenAct> = new Set(['signIn', 'secondFactor']);

/** Puts failed attempts on record. */
export class Refusals {
  private readonly logger = new Logger('SignIn');

  constructor(private readonly parts: IdentityParts) {}

  /** In a transaction of its own. An address over its limit is on record once a window: it must not be able to fill the audit. */
  async note(attempt: RefusedAttempt): Promise<void> {
    const { tenantId, act, reason, sourceId } = attempt;
    this.logger.warn({ act, reason, source: sourceId, loginHash: this.loginHash(attempt.login), msg: 'sign-in refused' });
    if (tenantId === NO_TENANT || (reason === 'throttled' && !attempt.throttling.isFirst)) return;
    await this.parts.unitOfWork.run(this.tenantOf(attempt), (tx) => this.noteIn(tx, attempt));
  }

  /** In the transaction that counted the guess. */
  async noteIn(tx: Tx, { act, reason, address, user, login, guess, sourceId }: RefusedAttempt): Promise<void> {
    const failures = guess?.count.failedCount ?? null;
    const target = user === null ? { targetType: 'login', targetId: this.loginHash(login) } : { targetType: 'user', targetId: user.id };
    const detail = { act, reason, address, login: user?.login ?? null, failures, ...(sourceId !== undefined && { source: sourceId }) };
    const records: AuditRecord[] = [{ action: 'session.refuse', ...target, detail }];
    const lockedUntil = guess?.isAdmitted ? guess.count.lockedUntil : null;
    if (user !== null && lockedUntil)
      records.push({
        action: 'user.lock',
        ...target,
        detail: { address, until: lockedUntil.toISOString(), isKnownPlace: guess?.isKnownPlace ?? false },
      });
    if (user !== null && SIGNING_IN.has(act)) await countRefused(tx, user.id);
    await this.parts.audit.appendAll(tx, records);
  }

  private tenantOf({ tenantId, user, login }: RefusedAttempt): TenantContext {
    const name = user?.login ?? `login#${this.loginHash(login)}`;
    return { tenantId, actor: { type: 'user', id: user?.id ?? 'unknown', name } };
  }

  private loginHash(login: string): string {
    return keyedHash(this.parts.hashKey, 'login', loginKey(login)).subarray(0, 8).toString('hex');
  }
}

async function countRefused(tx: Tx, userId: string): Promise<void> {
  const sql = 'update user_account set refused_sign_ins = least(refused_sign_ins, 1000000) + 1 where tenant_id = $1 and id = $2';
  await tx.manager.query(sql, [tx.tenant.tenantId, userId]);
}

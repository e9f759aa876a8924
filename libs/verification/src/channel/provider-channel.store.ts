import { appendForInstallation } from '@app/audit';
import type { ProviderChannelState, ProviderId } from '@app/contracts';
import type { Actor } from '@app/database';
import { v7 as uuidv7 } from 'uuid';
import type { EntityManager } from 'typeorm';
import { ProviderChannel } from './provider-channel.entity';

/** Consecutive failures that open a circuit, how long it stays open at first, and at most. */
export interface CircuitLimits {
  failures: number;
  firstSeconds: number;
  longestSeconds: number;
}

export const CIRCUIT_LIMITS: CircuitLimits = { failures: 5, firstSeconds: 30, longestSeconds: 600 };

/** A probe whose call was never heard of again makes room for another after this long. */
const LOST_PROBE_SECONDS = 600;

/** All queries on provider channels. They hold nothing of a tenant, so any connection will do; each change leaves its trace in the history and in the installation's audit. */
export class ProviderChannelStore {
  constructor(private readonly limits: CircuitLimits = CIRCUIT_LIMITS) {}

  async list(manager: EntityManager): Promise<ProviderChannel[]> {
    return manager.getRepository(ProviderChannel).find({ order: { provider: 'ASC' } });
  }

  /** Makes this attempt the one call that is let through; false when it is too early, or another one is it. */
  async claimProbe(manager: EntityManager, call: ChannelCall): Promise<boolean> {
    return this.change(
      manager,
      call,
      `update provider_channel set state = 'halfOpen', since = clock_timestamp(), probe_attempt_id = $2
       where provider = $1 and ((state = 'open' and reopen_at <= clock_timestamp())
         or (state = 'halfOpen' and since < clock_timestamp() - make_interval(secs => $3)))`,
      [call.provider, call.attemptId, LOST_PROBE_SECONDS],
    );
  }

  /** Opens the circuit until an operator closes it: the provider refuses our account, and asking again cannot help. */
  async open(manager: EntityManager, call: ChannelCall): Promise<void> {
    await this.change(
      manager,
      call,
      `update provider_channel set state = 'open', since = clock_timestamp(), reason = 'account', reopen_at = null, probe_attempt_id = null
       where provider = $1 and state <> 'paused' and (state <> 'open' or reopen_at is not null)`,
      [call.provider],
    );
  }

  /** Counts one failure; the last of a run opens the circuit, and that of the probe opens it again for twice as long. */
  async noteFailure(manager: EntityManager, call: ChannelCall): Promise<void> {
    const { failures, firstSeconds, longestSeconds } = this.limits;
    await manager.query(`update provider_channel set failures = failures + 1 where provider = $1 and state = 'closed'`, [call.provider]);
    await this.change(
      manager,
      call,
      `update provider_channel set state = 'open', since = clock_timestamp(), reason = 'failures', probe_attempt_id = null,
         backoff_seconds = least($5::integer, greatest($4::integer, backoff_seconds * 2)),
         reopen_at = clock_timestamp() + make_interval(secs => least($5::integer, greatest($4::integer, backoff_seconds * 2)))
       where provider = $1 and ((state = 'closed' and failures >= $3) or (state = 'halfOpen' and probe_attempt_id = $2))`,
      [call.provider, call.attemptId, failures, firstSeconds, longestSeconds],
    );
  }

  /** Ends a run of failures; the success of the probe closes the circuit. */
  async noteSuccess(manager: EntityManager, call: ChannelCall): Promise<void> {
    await manager.query(`update provider_channel set failures = 0, backoff_seconds = 0 where provider = $1 and state = 'closed'`, [
      call.provider,
    ]);
    await this.change(manager, call, `${CLOSE} where provider = $1 and state = 'halfOpen' and probe_attempt_id = $2`, [
      call.provider,
      call.attemptId,
    ]);
  }

  /** An operator's pause: jobs wait until `resume`. */
  async pause(manager: EntityManager, order: ChannelOrder): Promise<void> {
    await this.change(
      manager,
      order,
      `update provider_channel set state = 'paused', since = clock_timestamp(), reason = $2, reopen_at = null, probe_attempt_id = null
       where provider = $1`,
      [order.provider, order.reason],
    );
  }

  /** Ends a pause, or closes an open circuit. */
  async resume(manager: EntityManager, order: ChannelOrder): Promise<void> {
    await this.change(manager, order, `${CLOSE} where provider = $1`, [order.provider]);
  }

  /** Runs one change of state; where it changed a row, the history says so. */
  private async change(manager: EntityManager, told: ChannelCall | ChannelOrder, sql: string, values: unknown[]): Promise<boolean> {
    const [rows]: [{ state: ProviderChannelState; reason: string | null }[], number] = await manager.query(
      `${sql} returning state, reason`,
      values,
    );
    const changed = rows[0];
    if (changed === undefined) return false;
    const { provider, actor } = told;
    const reason = 'reason' in told ? told.reason : changed.reason;
    const attemptId = 'attemptId' in told ? told.attemptId : null;
    await manager.query(
      `insert into provider_channel_change (id, provider, state, reason, actor_type, actor_name, attempt_id)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [uuidv7(), provider, changed.state, reason, actor.type, actor.name, attemptId],
    );
    const action = 'attemptId' in told ? CALL_ACTIONS[changed.state] : ORDER_ACTIONS[changed.state];
    await appendForInstallation(manager, actor, { action, targetType: 'provider', targetId: provider, detail: { reason, attemptId } });
    return true;
  }
}

/** What the audit calls a change by a call, and one by an operator. */
const CALL_ACTIONS = { open: 'circuit.open', halfOpen: 'circuit.try', closed: 'circuit.close', paused: 'provider.pause' } as const;
const ORDER_ACTIONS = { ...CALL_ACTIONS, closed: 'provider.resume' } as const;

const CLOSE = `update provider_channel set state = 'closed', since = clock_timestamp(), reason = null, failures = 0, backoff_seconds = 0,
  reopen_at = null, probe_attempt_id = null`;

/** A call that changes its channel. */
export interface ChannelCall {
  provider: ProviderId;
  attemptId: string;
  actor: Actor;
}

/** What an operator orders, and why. */
export interface ChannelOrder {
  provider: ProviderId;
  reason: string;
  actor: Actor;
}

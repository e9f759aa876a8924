import type { Hold, ProviderId } from '@app/contracts';
import type { Tx } from '@app/database';
import { type CallEnd, channelSignal } from './channel-signal';
import { ProviderRegisterStore } from '../register/provider-register.store';
import type { ProviderChannel } from './provider-channel.entity';
import { type ChannelCall, ProviderChannelStore } from './provider-channel.store';

/** Whether a call may go out now; else why not, and from when it may be worth asking again, where that is known. */
export type Admission = { kind: 'go' } | { kind: 'hold'; why: Extract<Hold, 'providerPaused' | 'circuitOpen'>; until: Date | null };

const KEPT_MS = 1_000;
const GO: Admission = { kind: 'go' };

/**
 * The circuit of each provider as this worker sees it. While all is well its rows are read once a second and written never, so that
 * hundreds of calls a second do not meet in one row; a change elsewhere is noticed a second later.
 */
export class ProviderChannels {
  private kept: { channels: ReadonlyMap<ProviderId, ProviderChannel>; until: number } | null = null;

  constructor(
    private readonly store = new ProviderChannelStore(),
    private readonly register = new ProviderRegisterStore(),
  ) {}

  /** Whether the tenant may ask the provider at all, as its register says. */
  isOpen(tx: Tx, provider: ProviderId): Promise<boolean> {
    return this.register.isOpen(tx, provider);
  }

  /** Whether this attempt may be made now. One whose turn it is to try whether the provider is back is noted in the transaction. */
  async admit(tx: Tx, provider: ProviderId, attemptId: string): Promise<Admission> {
    if (!(await this.isOpen(tx, provider))) return { kind: 'hold', why: 'providerPaused', until: null };
    const channel = (await this.current(tx)).get(provider);
    if (channel === undefined || channel.state === 'closed') return GO;
    if (channel.state === 'paused') return { kind: 'hold', why: 'providerPaused', until: null };
    if (channel.probeAttemptId === attemptId || (await this.mayProbe(tx, channel, attemptId))) return GO;
    return { kind: 'hold', why: 'circuitOpen', until: channel.reopenAt };
  }

  /** Whether the tenant's calls may go to the provider without a trial, as far as this worker knows. */
  async isClosed(tx: Tx, provider: ProviderId): Promise<boolean> {
    return (await this.isOpen(tx, provider)) && ((await this.current(tx)).get(provider)?.state ?? 'closed') === 'closed';
  }

  /** Draws from the end of a call what it says of its provider. Nothing is written while all was and is well. */
  async observe(tx: Tx, call: Omit<ChannelCall, 'actor'>, end: CallEnd): Promise<void> {
    const signal = channelSignal(end);
    const told = { ...call, actor: tx.tenant.actor };
    if (signal === 'refused') await this.store.open(tx.manager, told);
    if (signal === 'failed') await this.store.noteFailure(tx.manager, told);
    if (signal === 'well') {
      const channel = (await this.current(tx)).get(call.provider);
      if (channel === undefined || (channel.state === 'closed' && channel.failures === 0)) return;
      await this.store.noteSuccess(tx.manager, told);
    }
    if (signal !== null) this.kept = null;
  }

  private async mayProbe(tx: Tx, channel: ProviderChannel, attemptId: string): Promise<boolean> {
    if (channel.state === 'open' && (channel.reopenAt === null || channel.reopenAt > new Date())) return false;
    const isProbe = await this.store.claimProbe(tx.manager, { provider: channel.provider, attemptId, actor: tx.tenant.actor });
    this.kept = null;
    return isProbe;
  }

  private async current(tx: Tx): Promise<ReadonlyMap<ProviderId, ProviderChannel>> {
    if (this.kept !== null && this.kept.until > Date.now()) return this.kept.channels;
    const channels = new Map((await this.store.list(tx.manager)).map((channel) => [channel.provider, channel]));
    this.kept = { channels, until: Date.now() + KEPT_MS };
    return channels;
  }
}

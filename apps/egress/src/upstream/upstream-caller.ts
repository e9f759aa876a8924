import { readFile } from 'node:fs/promises';
import { ProviderId, type Elements, type UpstreamCall } from '@app/contracts';
import type { EncodedRequest, ProviderCredentials, ProviderDialect, ProviderDialects } from '@app/providers';
import type { SettledReply } from '../journal/journal';
import { ClockWatch, type ClockSkewListener } from './clock-watch';
import { exchange } from './exchange';
import { openConnection } from './open-connection';
import type { ProviderAccount, ProviderAccounts } from './providers-file';
import { RateLimit } from './rate-limit';

type AnyCredentials = ProviderCredentials[ProviderId];

/** One provider as this gateway reaches it. */
interface Line {
  url: URL;
  ca: string | undefined;
  connectTimeoutMs: number;
  totalTimeoutMs: number;
  limit: RateLimit;
  encode(elements: Elements, now: Date): EncodedRequest;
}

/** Makes one call to a provider and says exactly how it ended; never a second one. */
export class UpstreamCaller {
  private readonly clocks: ClockWatch;

  private constructor(
    private readonly lines: ReadonlyMap<ProviderId, Line>,
    onClockSkew: ClockSkewListener,
  ) {
    this.clocks = new ClockWatch(onClockSkew);
  }

  /** Reads the authorities to trust, so that a missing file stops the start and not a call. */
  static async create(
    accounts: ProviderAccounts,
    { dialects, onClockSkew = () => undefined }: { dialects: ProviderDialects; onClockSkew?: ClockSkewListener },
  ): Promise<UpstreamCaller> {
    const lines = new Map<ProviderId, Line>();
    for (const provider of ProviderId.options) {
      const account = accounts[provider];
      if (account) lines.set(provider, await lineOf(dialects.of(provider), account));
    }
    return new UpstreamCaller(lines, onClockSkew);
  }

  /** The providers that can be called. */
  get providers(): ProviderId[] {
    return [...this.lines.keys()];
  }

  /** Longest time a call can take. */
  get longestCallMs(): number {
    return Math.max(...[...this.lines.values()].map((line) => line.totalTimeoutMs));
  }

  /** Takes a slot of the provider's account: 0 when it was free, else the milliseconds after which to ask again. */
  takeSlot(provider: ProviderId): number {
    return this.lines.get(provider)?.limit.take(performance.now()) ?? 0;
  }

  /** Gives back a slot with which no call was made. */
  returnSlot(provider: ProviderId): void {
    this.lines.get(provider)?.limit.giveBack();
  }

  /** Calls the provider once. */
  async call({ attemptId, provider, elements }: UpstreamCall): Promise<SettledReply> {
    const line = this.lines.get(provider);
    if (!line) return { state: 'notSent', attemptId, reason: 'notConfigured', at: now() };
    const deadline = performance.now() + line.totalTimeoutMs;
    // A connection that took all the time would be good for nothing but a call whose answer comes too late.
    const timeoutMs = Math.min(line.connectTimeoutMs, line.totalTimeoutMs / 2);
    const opened = await openConnection({ url: line.url, ca: line.ca, timeoutMs });
    if ('failedIn' in opened) return { state: 'notSent', attemptId, reason: opened.failedIn, at: now() };
    const sentAt = now();
    // Encoded only now: jumdata's signature holds the moment of sending.
    const request = line.encode(elements, new Date(sentAt));
    const end = await exchange(opened.socket, line.url.host, request, deadline - performance.now());
    if (end.state === 'unknown') return { ...end, attemptId, sentAt };
    const { httpStatus, contentType, body, date } = end;
    const answeredAt = now();
    this.clocks.observe(provider, date, Date.parse(sentAt), Date.parse(answeredAt));
    return { state: 'answered', attemptId, httpStatus, contentType, bodyBase64: body.toString('base64'), sentAt, answeredAt };
  }
}

const now = (): string => new Date().toISOString();

async function lineOf(dialect: ProviderDialect<AnyCredentials>, account: ProviderAccount<AnyCredentials>): Promise<Line> {
  return {
    url: new URL(account.baseUrl),
    ca: account.caFile === undefined ? undefined : await readFile(account.caFile, 'utf8'),
    connectTimeoutMs: account.connectTimeoutMs,
    totalTimeoutMs: account.totalTimeoutMs,
    limit: new RateLimit(account.ratePerSecond, account.burst),
    encode: (elements, at) => dialect.encodeRequest(account.credentials, elements, at),
  };
}

import { readFile } from 'node:fs/promises';
import type { EgressCall, Elements, ProviderId } from '@app/contracts';
import { dialectOf, type EncodedRequest, type ProviderCredentials } from '@app/providers';
import type { SettledReply } from '../journal/journal';
import { exchange } from './exchange';
import { openConnection } from './open-connection';
import type { ProviderAccount, ProviderAccounts } from './providers-file';

/** One provider as this gateway reaches it. */
interface Line {
  url: URL;
  ca: string | undefined;
  connectTimeoutMs: number;
  totalTimeoutMs: number;
  encode(elements: Elements, now: Date): EncodedRequest;
}

/** Makes one call to a provider and says exactly how it ended; never a second one. */
export class UpstreamCaller {
  private constructor(private readonly lines: ReadonlyMap<ProviderId, Line>) {}

  /** Reads the authorities to trust, so that a missing file stops the start and not a call. */
  static async create({ netocr, jumdata }: ProviderAccounts): Promise<UpstreamCaller> {
    const lines = new Map<ProviderId, Line>();
    if (netocr) lines.set('netocr', await lineOf('netocr', netocr));
    if (jumdata) lines.set('jumdata', await lineOf('jumdata', jumdata));
    return new UpstreamCaller(lines);
  }

  /** The providers that can be called. */
  get providers(): ProviderId[] {
    return [...this.lines.keys()];
  }

  /** Longest time a call can take. */
  get longestCallMs(): number {
    return Math.max(...[...this.lines.values()].map((line) => line.totalTimeoutMs));
  }

  /** Calls the provider once. */
  async call({ attemptId, provider, elements }: EgressCall): Promise<SettledReply> {
    const line = this.lines.get(provider);
    if (!line) return { state: 'notSent', attemptId, reason: 'notConfigured', at: now() };
    const deadline = performance.now() + line.totalTimeoutMs;
    const opened = await openConnection({ url: line.url, ca: line.ca, timeoutMs: Math.min(line.connectTimeoutMs, line.totalTimeoutMs) });
    if ('failedIn' in opened) return { state: 'notSent', attemptId, reason: opened.failedIn, at: now() };
    const sentAt = now();
    // Encoded only now: jumdata's signature holds the moment of sending.
    const request = line.encode(elements, new Date(sentAt));
    const end = await exchange(opened.socket, line.url.host, request, deadline - performance.now());
    if (end.state === 'unknown') return { ...end, attemptId, sentAt };
    const { httpStatus, contentType, body } = end;
    return { state: 'answered', attemptId, httpStatus, contentType, bodyBase64: body.toString('base64'), sentAt, answeredAt: now() };
  }
}

const now = (): string => new Date().toISOString();

async function lineOf<P extends ProviderId>(provider: P, account: ProviderAccount<ProviderCredentials[P]>): Promise<Line> {
  return {
    url: new URL(account.baseUrl),
    ca: account.caFile === undefined ? undefined : await readFile(account.caFile, 'utf8'),
    connectTimeoutMs: account.connectTimeoutMs,
    totalTimeoutMs: account.totalTimeoutMs,
    encode: (elements, at) => dialectOf(provider).encodeRequest(account.credentials, elements, at),
  };
}

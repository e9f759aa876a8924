import { Agent, request } from 'undici';
import type { CustomFetchOptions } from 'openid-client';
import type { OidcSettings } from '../settings/read-sign-in-file';
import { reasonOf, SourceUnavailableError } from '../source-unavailable.error';

/** Discovery, keys and tokens are a few kilobytes. */
const MAX_ANSWER_BYTES = 1_048_576;
const SERVER_ERROR = 500;

/**
 * Talks to one provider: to the host of its issuer and to no other, whatever its discovery says, over TLS by the configured authority alone.
 * Redirects are not followed, and proxies of the environment not used.
 */
export class IssuerFetch {
  private readonly agent: Agent;
  private readonly origin: string;

  constructor(private readonly settings: Pick<OidcSettings, 'id' | 'issuer' | 'ca' | 'timeoutMs'>) {
    const { ca, timeoutMs, issuer } = settings;
    this.agent = new Agent({
      connect: { ca, minVersion: 'TLSv1.2', timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
    this.origin = new URL(issuer).origin;
  }

  /** As openid-client wants it. @throws SourceUnavailableError */
  readonly fetch = async (url: string, { method, headers, body, signal }: CustomFetchOptions): Promise<Response> => {
    const { id } = this.settings;
    if (URL.parse(url)?.origin !== this.origin) throw new SourceUnavailableError(id, 'FOREIGN_HOST');
    try {
      const answer = await request(url, {
        method: method as 'GET' | 'POST',
        headers,
        dispatcher: this.agent,
        ...(body != null && { body: String(body as URLSearchParams | string) }),
        ...(signal && { signal }),
      });
      const bytes = await answer.body.arrayBuffer();
      if (answer.statusCode >= SERVER_ERROR) throw new SourceUnavailableError(id, `HTTP_${answer.statusCode}`);
      return new Response(bytes.byteLength === 0 ? null : bytes, { status: answer.statusCode, headers: headersOf(answer.headers) });
    } catch (error) {
      if (error instanceof SourceUnavailableError) throw error;
      throw new SourceUnavailableError(id, reasonOf(error), { cause: error });
    }
  };

  async close(): Promise<void> {
    await this.agent.close();
  }
}

function headersOf(headers: Record<string, string | string[] | undefined>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) for (const one of [value ?? []].flat()) result.append(name, one);
  return result;
}

import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Carries session tokens. With `__Host-` a browser takes the cookie over TLS from this very host only, so that no neighbour can plant one.
 * On plain HTTP (a browser on the same machine, where a setting allows it) browsers refuse that name and `Secure`, so both are left out.
 */
export class SessionCookie {
  private readonly name: string;

  constructor(private readonly isPlainHttp: boolean) {
    this.name = isPlainHttp ? 'piaoyan_session' : '__Host-piaoyan_session';
  }

  read({ cookies }: FastifyRequest): string | undefined {
    return cookies[this.name];
  }

  set(reply: FastifyReply, token: string): void {
    // Without Max-Age it ends with the browser; the server ends it sooner.
    void reply.setCookie(this.name, token, this.attributes);
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.attributes);
  }

  private get attributes() {
    return { httpOnly: true, secure: !this.isPlainHttp, sameSite: 'strict' as const, path: '/' };
  }
}

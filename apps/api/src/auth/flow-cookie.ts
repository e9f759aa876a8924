import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const TEN_MINUTES_S = 600;

/**
 * Binds a sign-in at a provider to the browser that began it. `Lax`, since the browser comes back from another site; so short-lived that
 * nothing is left of it after lunch.
 */
export class FlowCookie {
  private readonly name: string;

  constructor(private readonly isPlainHttp: boolean) {
    this.name = isPlainHttp ? 'piaoyan_sign_in' : '__Host-piaoyan_sign_in';
  }

  read({ cookies }: FastifyRequest): string | undefined {
    return cookies[this.name];
  }

  set(reply: FastifyReply, flow: string): void {
    void reply.setCookie(this.name, flow, { ...this.attributes, maxAge: TEN_MINUTES_S });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.attributes);
  }

  private get attributes() {
    return { httpOnly: true, secure: !this.isPlainHttp, sameSite: 'lax' as const, path: '/' };
  }
}

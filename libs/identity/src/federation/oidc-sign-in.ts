import { ProblemError } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { Logger } from '@nestjs/common';
import type { IdentityParts } from '../identity-parts';
import type { OpenedSession } from '../sessions/sessions.service';
import type { AddressThrottle, Throttling } from '../sign-in/address-throttle';
import type { Refusal } from '../sign-in/refusal';
import type { Refusals } from '../sign-in/refusals';
import type { Admission } from './admission';
import { beginFlow, checksOf, type Flow, FLOW_MS, flowHash, readFlow, writeFlow } from './oidc/flow';
import { NotProvenError, type OidcProvider } from './oidc/oidc-provider';
import { returnPath } from './oidc/return-path';
import { reasonOf } from './source-unavailable.error';

/** Where a browser goes, and what it keeps until it returns. */
export interface BegunFlow {
  url: string;
  cookie: string;
}

/** What a browser brings back from a provider. */
export interface ReturnedFlow {
  cookie: string | undefined;
  /** Of the address that it came to, with the question mark. */
  query: string;
  address: string;
}

/** Lets people in for whom an OIDC provider vouches. */
export class OidcSignIn {
  private readonly logger = new Logger('SignIn');

  constructor(
    private readonly parts: IdentityParts,
    private readonly works: { admission: Admission; throttle: AddressThrottle; refusals: Refusals },
  ) {}

  /** @throws SourceUnavailableError */
  async begin(provider: OidcProvider, wished: { returnTo: string | undefined; previous: Flow['previous'] }): Promise<BegunFlow> {
    const now = this.parts.clock.now();
    const { hashKey } = this.parts;
    const flow = beginFlow({ sourceId: provider.settings.id, returnTo: returnPath(wished.returnTo), previous: wished.previous }, now);
    return { url: await provider.authorizationUrl(checksOf(flow, hashKey), now), cookie: writeFlow(flow, hashKey) };
  }

  /**
   * A flow is used up before its code is redeemed, so that neither comes a second time.
   * @throws ProblemError sign-in-refused, whatever the reason; SourceUnavailableError
   */
  async finish(provider: OidcProvider, returned: ReturnedFlow): Promise<{ opened: OpenedSession; flow: Flow }> {
    const { settings } = provider;
    const { address, query } = returned;
    const now = this.parts.clock.now();
    const flow = readFlow(returned.cookie, settings.id, this.parts.hashKey, now);
    const tenantId = await this.works.admission.tenantOf(settings);
    const addressHash = this.works.throttle.hashOf(address);
    const { throttling, refusal } = await this.take(tenantId, flow, addressHash, now);
    const refuse = async (reason: Refusal): Promise<never> => {
      const facts = { address, login: '', user: null, guess: null, throttling, sourceId: settings.id };
      await this.works.refusals.note({ tenantId, act: 'signIn', reason, ...facts });
      throw new ProblemError('sign-in-refused');
    };
    if (flow === null || refusal !== null) return refuse(refusal ?? 'foreignFlow');
    const person = await this.redeem(provider, query, flow, now);
    if (person === null) return refuse('notProven');
    const accept = (tx: Parameters<AddressThrottle['takeBack']>[0]): Promise<void> => this.works.throttle.takeBack(tx, addressHash, now);
    return { opened: await this.works.admission.admit(settings, person, { tenantId, address, accept }), flow };
  }

  private async redeem(provider: OidcProvider, query: string, flow: Flow, now: Date) {
    try {
      return await provider.redeem(query, checksOf(flow, this.parts.hashKey), now);
    } catch (error) {
      if (!(error instanceof NotProvenError)) throw error;
      this.logger.warn({
        source: provider.settings.id,
        code: error.code,
        cause: reasonOf(error.cause),
        msg: 'the provider’s answer proves nobody',
      });
      return null;
    }
  }

  private async take(
    tenantId: string,
    flow: Flow | null,
    addressHash: Buffer,
    now: Date,
  ): Promise<{ throttling: Throttling; refusal: Refusal | null }> {
    const { throttle } = this.works;
    const tenant: TenantContext = { tenantId, actor: { type: 'user', id: 'unknown', name: 'unknown' } };
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      const throttling = await throttle.take(tx, addressHash, now);
      if (throttling.isThrottled) return { throttling, refusal: 'throttled' };
      if (flow === null) return { throttling, refusal: 'foreignFlow' };
      const used = await throttle.take(tx, flowHash(flow, this.parts.hashKey), now, { failures: 1, windowMs: FLOW_MS });
      return { throttling, refusal: used.isThrottled ? 'replayed' : null };
    });
  }
}

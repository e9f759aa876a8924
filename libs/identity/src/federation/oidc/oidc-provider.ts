import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  type ServerMetadata,
} from 'openid-client';
import { HOUR_MS } from '../../identity-parts';
import type { OidcSettings } from '../settings/read-sign-in-file';
import { reasonOf, SourceUnavailableError } from '../source-unavailable.error';
import { vouchedPerson, type VouchedPerson } from '../vouched-person';
import type { FlowChecks } from './flow';
import { IssuerFetch } from './issuer-fetch';

/** Clocks of servers in one house differ by less. */
const CLOCK_TOLERANCE_S = 10;
/** Signatures that somebody else than we can check, and only the provider can make: neither `none` nor a shared secret. */
const SIGNATURES = ['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'EdDSA', 'Ed25519'];

/** A provider's answer proves nobody: forged, replayed, of another issuer, for another client, expired, refused, or too weak. */
export class NotProvenError extends Error {
  constructor(
    /** The library's code, for the log. */
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`the provider's answer proves nobody: ${code}`, options);
    this.name = 'NotProvenError';
  }
}

interface Discovered {
  metadata: ServerMetadata;
  until: number;
}

/** One OIDC provider: authorization code with PKCE, `state` and `nonce`, and an ID token whose signature is checked. */
export class OidcProvider {
  private readonly issuerFetch: IssuerFetch;
  private discovered: Promise<Discovered> | null = null;

  constructor(
    readonly settings: OidcSettings,
    /** Where the provider sends browsers back to. */
    private readonly redirectUri: string,
  ) {
    this.issuerFetch = new IssuerFetch(settings);
  }

  /** Where the browser goes to sign in. @throws SourceUnavailableError */
  async authorizationUrl({ state, nonce, codeVerifier }: FlowChecks, now: Date): Promise<string> {
    const { scopes, requireAcr } = this.settings;
    const url = buildAuthorizationUrl(await this.configuration(now), {
      redirect_uri: this.redirectUri,
      scope: [...new Set(['openid', ...scopes])].join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(requireAcr && { acr_values: requireAcr.join(' ') }),
    });
    return url.href;
  }

  /**
   * Redeems the code that the browser brought; `query` as it came, with the question mark.
   * @throws NotProvenError, SourceUnavailableError
   */
  async redeem(query: string, { state, nonce, codeVerifier }: FlowChecks, now: Date): Promise<VouchedPerson> {
    const configuration = await this.configuration(now);
    try {
      const tokens = await authorizationCodeGrant(configuration, new URL(query, this.redirectUri), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new NotProvenError('NO_ID_TOKEN');
      this.refuseWeak(claims);
      const more = this.settings.userInfo ? await fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
      return this.personOf({ ...more, ...claims });
    } catch (error) {
      throw causeOf(error) ?? new NotProvenError(reasonOf(error), { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.issuerFetch.close();
  }

  private refuseWeak({ acr, amr }: IDToken): void {
    const { requireAcr, requireAmr } = this.settings;
    if (requireAcr && !(typeof acr === 'string' && requireAcr.includes(acr))) throw new NotProvenError('WEAK_ACR');
    if (requireAmr && !(Array.isArray(amr) && requireAmr.some((method) => amr.includes(method)))) throw new NotProvenError('WEAK_AMR');
  }

  private personOf(claims: Record<string, unknown> & Pick<IDToken, 'iss' | 'sub'>): VouchedPerson {
    const { loginClaim, nameClaim, groupsClaim } = this.settings;
    const person = vouchedPerson({
      issuer: claims.iss,
      subject: claims.sub,
      login: claims[loginClaim],
      displayName: claims[nameClaim],
      groups: claims[groupsClaim],
    });
    if (person === null) throw new NotProvenError('UNUSABLE_CLAIMS');
    return person;
  }

  /** Made anew each time: the provider's keys are asked for at each sign-in, so that one that it took away counts no longer. */
  private async configuration(now: Date): Promise<Configuration> {
    const { clientId, clientSecret, clientAuthentication, timeoutMs } = this.settings;
    const authentication = clientAuthentication === 'basic' ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret);
    const metadata = { [clockTolerance]: CLOCK_TOLERANCE_S };
    const configuration = new Configuration(await this.metadata(now), clientId, metadata, authentication);
    configuration[customFetch] = this.issuerFetch.fetch;
    configuration.timeout = timeoutMs / 1_000;
    // Without it the library takes an ID token that came over TLS without a look at its signature.
    enableNonRepudiationChecks(configuration);
    return configuration;
  }

  private async metadata(now: Date): Promise<ServerMetadata> {
    const waiting = (this.discovered ??= this.discover(now));
    try {
      const { metadata, until } = await waiting;
      if (until > now.getTime()) return metadata;
    } catch (error) {
      if (this.discovered === waiting) this.discovered = null;
      throw error;
    }
    if (this.discovered === waiting) this.discovered = null;
    return this.metadata(now);
  }

  private async discover(now: Date): Promise<Discovered> {
    const { id, issuer, clientId, timeoutMs } = this.settings;
    try {
      const options = { [customFetch]: this.issuerFetch.fetch, timeout: timeoutMs / 1_000 };
      const found = (await discovery(new URL(issuer), clientId, undefined, undefined, options)).serverMetadata();
      const metadata: ServerMetadata = JSON.parse(JSON.stringify(found)) as ServerMetadata;
      const signatures = (metadata.id_token_signing_alg_values_supported ?? ['RS256']).filter((name) => SIGNATURES.includes(name));
      if (URL.parse(metadata.authorization_endpoint ?? '')?.protocol !== 'https:' || signatures.length === 0)
        throw new SourceUnavailableError(id, 'UNUSABLE_METADATA');
      return { metadata: { ...metadata, id_token_signing_alg_values_supported: signatures }, until: now.getTime() + HOUR_MS };
    } catch (error) {
      throw causeOf(error) ?? new SourceUnavailableError(id, reasonOf(error), { cause: error });
    }
  }
}

/** Our own error, wherever the library wrapped it. */
function causeOf(error: unknown): SourceUnavailableError | NotProvenError | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof SourceUnavailableError || at instanceof NotProvenError) return at;
  }
  return null;
}

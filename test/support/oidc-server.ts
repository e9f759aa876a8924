import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { CertificateFiles } from '../../libs/devstack/src/certificates/certificates';

/** Claims of a token, to be changed before it is signed again. */
export type Claims = Record<string, unknown>;

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicJwk: object;
}

/** A real OIDC provider on loopback over TLS, whose answers a test can have changed on the way out. */
export interface OidcServer {
  issuer: string;
  /** Who is signed in next, with what it says of them. */
  account: { id: string; claims: Claims };
  /** Changes claims before the ID token is signed; the provider's own signature stays where it is null. */
  rewrite: ((claims: Claims) => Claims) | null;
  /** Signs the ID token in another way. */
  forge: ((claims: Claims) => string) | null;
  /** Changes what discovery says. */
  discovery: ((metadata: Claims) => Claims) | null;
  /** What the tokens are signed with from now on; `publish` says which keys `/jwks` holds. */
  signingKey: SigningKey;
  published: SigningKey[];
  tokenCalls: number;
  close(): Promise<void>;
}

export const CLIENT = { id: 'piaoyan', secret: 'a secret of the test, long enough' };

export function newSigningKey(kid: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' } };
}

/** A compact JWS. */
export function jws(header: object, claims: Claims, signed: (input: string) => string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signed(input)}`;
}

const signedBy = ({ kid, privateKey }: SigningKey, claims: Claims): string =>
  jws({ alg: 'ES256', kid, typ: 'JWT' }, claims, (input) =>
    sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  );

const claimsOf = (token: string): Claims => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Claims;

/** Starts the provider for one client with these addresses to return to. Whoever comes is signed in as `account` at once. */
export async function startOidcServer({ certFile, keyFile }: CertificateFiles, redirectUris: string[]): Promise<OidcServer> {
  const server = createServer({ cert: await readFile(certFile), key: await readFile(keyFile) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signingKey = newSigningKey('first');
  const state: OidcServer = {
    issuer,
    account: { id: 'nobody', claims: {} },
    rewrite: null,
    forge: null,
    discovery: null,
    signingKey,
    published: [signingKey],
    tokenCalls: 0,
    close: () => closed(server),
  };
  const provider = createProvider(state, redirectUris);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    const login = { login: { accountId: state.account.id } };
    void provider.interactionFinished(request, response, login, { mergeWithLastSubmission: false });
  });
  return state;
}

function createProvider(state: OidcServer, redirectUris: string[]): Provider {
  const provider: Provider = new Provider(state.issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: redirectUris, id_token_signed_response_alg: 'ES256' }],
    jwks: { keys: [{ ...state.signingKey.privateKey.export({ format: 'jwk' }), kid: 'first', use: 'sig', alg: 'ES256' }] },
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'name', 'groups'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    enabledJWA: { idTokenSigningAlgValues: ['ES256', 'HS256'] },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...state.account.claims }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: CLIENT.id, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path === '/token') {
      state.tokenCalls += 1;
      const body = ctx.body as { id_token?: string };
      if (body.id_token !== undefined) body.id_token = retold(state, body.id_token);
    }
    if (ctx.path === '/jwks') ctx.body = { keys: state.published.map(({ publicJwk }) => publicJwk) };
    if (ctx.path.endsWith('/openid-configuration')) ctx.body = state.discovery?.(ctx.body as Claims) ?? (ctx.body as Claims);
  });
  return provider;
}

function retold(state: OidcServer, token: string): string {
  const claims = state.rewrite?.(claimsOf(token)) ?? claimsOf(token);
  if (state.forge) return state.forge(claims);
  return state.rewrite === null && state.signingKey.kid === 'first' ? token : signedBy(state.signingKey, claims);
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

import { Role } from '@app/contracts';
import { z } from 'zod';
import { isUserFilter } from '../ldap/user-filter';
import { isLoopback } from './is-loopback';

const MOST_SOURCES = 20;
const MOST_RULES = 500;
const SECOND_MS = 1_000;

/** Names a source in addresses, in the audit and among a directory's users: it must never change. */
export const SourceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a-z, 0-9 and -');

const filePath = z.string().min(1).max(1_000);
const text = z.string().min(1).max(500);
const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9;._-]{0,99}$/, 'must be the name of an attribute');
const claim = z.string().min(1).max(200);

/** What membership of a group means: roles, and the department by its path from the top (`分行/会计部`). */
const rule = z.strictObject({ group: text, roles: z.array(Role).max(Role.options.length), department: text.optional() });

const common = {
  id: SourceId,
  /** What people are shown. */
  name: z.string().min(1).max(100),
  /** Name of the tenant whose people come from here. */
  tenant: z.string().min(1).max(200),
  rules: z.array(rule).max(MOST_RULES),
  /** The authority that the source's certificate must be from: this one, and no public one. */
  caFile: filePath,
  timeoutMs: z
    .int()
    .min(SECOND_MS)
    .max(30 * SECOND_MS)
    .default(5 * SECOND_MS),
};

const httpsUrl = (rule: string) => z.string().refine((value) => URL.parse(value)?.protocol === 'https:', rule);

const oidc = z.strictObject({
  ...common,
  kind: z.literal('oidc'),
  issuer: httpsUrl('must be an https URL'),
  clientId: text,
  clientSecretFile: filePath,
  clientAuthentication: z.enum(['basic', 'post']).default('basic'),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/)).default(['profile']),
  groupsClaim: claim.default('groups'),
  loginClaim: claim.default('preferred_username'),
  nameClaim: claim.default('name'),
  /** Whether the claims are asked of the userinfo endpoint too, where the ID token does not hold them. */
  userInfo: z.boolean().default(false),
  /** How the provider must have proved the person; one of these each. */
  requireAcr: z.array(text).min(1).max(20).optional(),
  requireAmr: z.array(text).min(1).max(20).optional(),
});

const groups = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memberOf'), attribute: attribute.default('memberOf') }),
  z.strictObject({
    kind: z.literal('search'),
    baseDn: text,
    filter: z
      .string()
      .max(1_000)
      .refine((value) => isUserFilter(value, '{dn}'), 'must be an LDAP filter with {dn} in it'),
    /** Of the group: what rules name it by. */
    nameAttribute: attribute.default('cn'),
  }),
]);

const ldapUrl = z
  .string()
  .refine((value) => /^ldaps?:\/\/[^/?#@]+\/?$/.test(value) && URL.canParse(value), 'must be like ldaps://host:636');

const ldap = z
  .strictObject({
    ...common,
    kind: z.literal('ldap'),
    /** Asked in this order, the next one where one is down. */
    urls: z.array(ldapUrl).min(1).max(5),
    startTls: z.boolean().default(false),
    /** No TLS at all; for a directory on the same machine. */
    allowPlain: z.boolean().default(false),
    bindDn: text,
    bindPasswordFile: filePath,
    baseDn: text,
    userFilter: z
      .string()
      .max(1_000)
      .refine((value) => isUserFilter(value, '{login}'), 'must be an LDAP filter with {login} in it'),
    /** What knows the person for ever: entryUUID, or objectGUID of Active Directory. Never a name. */
    subjectAttribute: attribute.default('entryUUID'),
    loginAttribute: attribute.default('uid'),
    nameAttribute: attribute.default('cn'),
    groups: groups.default({ kind: 'memberOf', attribute: 'memberOf' }),
  })
  .refine(({ urls, startTls, allowPlain }) => urls.every((url) => startTls || isSecure(url) || (allowPlain && isLoopback(url))), {
    message: 'must be ldaps, or have startTls; plain ldap is for loopback with allowPlain only',
    path: ['urls'],
  })
  .refine(({ urls, startTls }) => !(startTls && urls.some(isSecure)), { message: 'is for ldap:// URLs', path: ['startTls'] });

/** The file that `PIAOYAN_SIGN_IN_FILE` names: where else than here people's identities are kept. It holds no secret, only files' names. */
export const SignInFile = z
  .strictObject({
    /** Where browsers find this installation; OIDC providers send people back there. */
    publicUrl: httpsUrl('must be an https URL, such as https://piaoyan.bank.example')
      .refine((value) => URL.parse(value)?.pathname === '/' && !/[?#@]/.test(value), 'must have no path, query or user')
      .optional(),
    sources: z.array(z.discriminatedUnion('kind', [oidc, ldap])).max(MOST_SOURCES),
  })
  .refine(({ sources }) => new Set(sources.map(({ id }) => id)).size === sources.length, { message: 'have an id twice', path: ['sources'] })
  .refine(({ sources, publicUrl }) => publicUrl !== undefined || sources.every(({ kind }) => kind !== 'oidc'), {
    message: 'is required where a source is of kind oidc',
    path: ['publicUrl'],
  });
export type SignInFile = z.infer<typeof SignInFile>;

/** A source as the file describes it. */
export type SourceSettings = SignInFile['sources'][number];
export type SourceRule = SourceSettings['rules'][number];

const isSecure = (url: string): boolean => url.startsWith('ldaps:');

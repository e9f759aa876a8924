import { z } from 'zod';
import { ApprovalView } from './approval';
import { Role } from './role';

/** What people sign in with; compared without regard to case and width. */
export const Login = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}._@-]+$/u, 'must be letters, digits and . _ @ -');
const displayName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}]+$/u, 'must be printable');
/** What somebody says they are called; the database takes no control characters. */
const presented = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u, 'must be printable');
/** Bounded, so that hashing it is; the rules for new passwords are the installation's. */
const password = z.string().min(1).max(512);
const code = z.string().min(1).max(32);

/** Signing in. The tenant may be left out where there is one only. */
export const SignInBody = z.strictObject({ tenant: presented.optional(), login: presented, password });
export type SignInBody = z.infer<typeof SignInBody>;

/** Where else than here people can sign in: `oidc` sends the browser to a provider, `ldap` takes login and password for a directory. */
export const SignInSourceList = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), kind: z.enum(['oidc', 'ldap']), name: z.string() })),
});
export type SignInSourceList = z.infer<typeof SignInSourceList>;

/** Signing in with a directory. */
export const DirectorySignInBody = z.strictObject({ login: presented, password });
export type DirectorySignInBody = z.infer<typeof DirectorySignInBody>;

/** Where the browser goes once it is signed in: a path of this site; anything else is the start page. */
export const OidcSignInQuery = z.object({ return: z.string().max(2_000).optional() });
export type OidcSignInQuery = z.infer<typeof OidcSignInQuery>;

/** A TOTP code, or a recovery code in place of one. */
export const CodeBody = z.strictObject({ code });
export type CodeBody = z.infer<typeof CodeBody>;

/** Proves again who one is: the password, and a code where there is a second factor. */
export const ReproofBody = z.strictObject({ password: password.optional(), code: code.optional() });
export type ReproofBody = z.infer<typeof ReproofBody>;

export const PasswordChangeBody = z.strictObject({ current: password, next: password });
export type PasswordChangeBody = z.infer<typeof PasswordChangeBody>;

/** Who is signed in, what they may do, and what they must do first. */
export const SessionView = z.strictObject({
  id: z.uuid(),
  /** The password was right; nothing else is open until `POST /v1/session/second-factor`. */
  secondFactorRequired: z.boolean(),
  mustChangePassword: z.boolean(),
  mustEnrolSecondFactor: z.boolean(),
  hasSecondFactor: z.boolean(),
  user: z.strictObject({ id: z.uuid(), login: z.string(), displayName: z.string(), roles: z.array(Role) }),
  /** None while anything must be done first. */
  scopes: z.array(z.string()),
  /** To be sent as `X-CSRF-Token` with every request that is not a GET. */
  csrfToken: z.string(),
  openedAt: z.iso.datetime(),
  /** When the person last proved who they are; what is dangerous wants it to be within five minutes. */
  authenticatedAt: z.iso.datetime(),
  /** It ends then, however much it is used; told as a span, since the clock of a browser may be wrong. */
  secondsLeft: z.int().min(0),
  /** It ends earlier once it was not used for so long; uses are noted to the minute. */
  idleMinutes: z.int().min(1),
  /** When and from where this person signed in before; null at the first sign-in and while the code is still to come. */
  previousSignIn: z.strictObject({ at: z.iso.datetime(), address: z.string().nullable() }).nullable(),
  /** Sign-ins as this person that were refused between that one and this one. */
  refusedSignIns: z.int().min(0),
});
export type SessionView = z.infer<typeof SessionView>;

/** One of a person's own sessions. */
export const SessionSummary = z.strictObject({
  id: z.uuid(),
  isCurrent: z.boolean(),
  secondFactorRequired: z.boolean(),
  address: z.string(),
  openedAt: z.iso.datetime(),
  /** To the minute. */
  seenAt: z.iso.datetime(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

export const SessionList = z.strictObject({ items: z.array(SessionSummary) });
export type SessionList = z.infer<typeof SessionList>;

/** A secret for an authenticator app, shown this once: as a URI for a QR code, and in base 32. */
export const TotpEnrolment = z.strictObject({ uri: z.string(), secret: z.string() });
export type TotpEnrolment = z.infer<typeof TotpEnrolment>;

/** Each opens once in place of a TOTP code; shown this once. */
export const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** `locked`: too many wrong guesses from places where the user never signed in; it ends by itself. */
export const UserState = z.enum(['active', 'disabled', 'locked']);
export type UserState = z.infer<typeof UserState>;

export const UserView = z.strictObject({
  id: z.uuid(),
  login: z.string(),
  displayName: z.string(),
  departmentId: z.uuid().nullable(),
  state: UserState,
  lockedUntil: z.iso.datetime().nullable(),
  source: z.enum(['local', 'oidc', 'ldap']),
  roles: z.array(Role),
  mustChangePassword: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable(),
});
export type UserView = z.infer<typeof UserView>;

/** By login. `next` is the `after` of the following page, null on the last one. */
export const UserPage = z.strictObject({ items: z.array(UserView), next: z.string().nullable() });
export type UserPage = z.infer<typeof UserPage>;

/** Query of the users: at most `limit` whose login comes after `after`. */
export const UserQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(200).optional(),
});
export type UserQuery = z.infer<typeof UserQuery>;

const Uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Query of what people are called: their ids, at most fifty, with commas between them. */
export const ColleagueQuery = z.strictObject({
  ids: z
    .string()
    .max(1_850)
    .regex(new RegExp(`^${Uuid}(,${Uuid}){0,49}$`), 'must be at most 50 ids with commas between them'),
});
export type ColleagueQuery = z.infer<typeof ColleagueQuery>;

/** What people are called. An id that is nobody's, such as a key's, has no item. */
export const ColleagueList = z.strictObject({
  items: z.array(z.strictObject({ id: z.uuid(), login: z.string(), displayName: z.string() })),
});
export type ColleagueList = z.infer<typeof ColleagueList>;

/** A user with the one-time password, which is shown this once and must be changed at the first sign-in, within three days. */
export const UserPasswordView = UserView.extend({ oneTimePassword: z.string() });
export type UserPasswordView = z.infer<typeof UserPasswordView>;

export const UserRequest = z.strictObject({ login: Login, displayName, departmentId: z.uuid().nullable().default(null) });
export type UserRequest = z.infer<typeof UserRequest>;

/** What a user changes to; what is left out stays. Users are never deleted, since the audit names them. */
export const UserChangeRequest = z
  .strictObject({
    displayName: displayName.optional(),
    departmentId: z.uuid().nullable().optional(),
    state: z.enum(['active', 'disabled']).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, { message: 'give displayName, departmentId or state', path: ['state'] });
export type UserChangeRequest = z.infer<typeof UserChangeRequest>;

/** All roles that a user is to have. */
export const RolesRequest = z.strictObject({
  roles: z
    .array(Role)
    .max(Role.options.length)
    .refine((roles) => new Set(roles).size === roles.length, 'names a role twice'),
});
export type RolesRequest = z.infer<typeof RolesRequest>;

export const SessionsEnded = z.strictObject({ ended: z.int().min(0) });
export type SessionsEnded = z.infer<typeof SessionsEnded>;

/** From where people of a role may sign in and work; a person of several roles must suit each that is bound. */
const roleNetworks = z.strictObject({ role: Role, networks: z.array(z.string().max(64)).min(1).max(50) });

/** What a tenant demands of its people beyond the installation. `everybody`: nobody does without a second factor. */
export const SignInPolicyRequest = z.strictObject({
  /** The version that was looked at; 0 where there is none yet. */
  version: z.int().min(0),
  secondFactor: z.enum(['installation', 'everybody']),
  /** Roles that are not here may sign in from anywhere. */
  networks: z
    .array(roleNetworks)
    .max(Role.options.length)
    .refine((all) => new Set(all.map(({ role }) => role)).size === all.length, 'names a role twice'),
});
export type SignInPolicyRequest = z.infer<typeof SignInPolicyRequest>;

export const SignInPolicyView = SignInPolicyRequest.extend({
  /** Null where the tenant has no rules of its own. */
  changedAt: z.iso.datetime().nullable(),
  /** What the installation demands of everybody's second factor, whatever the tenant says. */
  installation: z.strictObject({ secondFactor: z.enum(['administrators', 'everybody']) }),
});
export type SignInPolicyView = z.infer<typeof SignInPolicyView>;

/** The policy that holds now, or where it would demand less, what a second person has to approve. */
export const SignInPolicyOutcome = z.union([SignInPolicyView, ApprovalView]);
export type SignInPolicyOutcome = z.infer<typeof SignInPolicyOutcome>;

export const DepartmentView = z.strictObject({ id: z.uuid(), name: z.string(), parentId: z.uuid().nullable() });
export type DepartmentView = z.infer<typeof DepartmentView>;

export const DepartmentList = z.strictObject({ items: z.array(DepartmentView) });
export type DepartmentList = z.infer<typeof DepartmentList>;

export const DepartmentRequest = z.strictObject({ name: displayName, parentId: z.uuid().nullable().default(null) });
export type DepartmentRequest = z.infer<typeof DepartmentRequest>;

export const DepartmentChangeRequest = z
  .strictObject({ name: displayName.optional(), parentId: z.uuid().nullable().optional() })
  .refine((change) => Object.keys(change).length > 0, { message: 'give name or parentId', path: ['name'] });
export type DepartmentChangeRequest = z.infer<typeof DepartmentChangeRequest>;

import { z } from 'zod';
import { Scope } from './scope';
import type { LocalizedText } from './text';

/** The three administrators (三权分立: 系统管理员, 安全管理员, 审计管理员) and the business roles. */
export const Role = z.enum(['systemAdministrator', 'securityAdministrator', 'auditor', 'clerk', 'reviewer', 'accountant', 'integrator']);
export type Role = z.infer<typeof Role>;

/** What the roles are called. */
export const ROLE_NAMES: Readonly<Record<Role, LocalizedText>> = {
  systemAdministrator: { 'zh-CN': '系统管理员', en: 'system administrator' },
  securityAdministrator: { 'zh-CN': '安全管理员', en: 'security administrator' },
  auditor: { 'zh-CN': '审计管理员', en: 'auditor' },
  clerk: { 'zh-CN': '经办', en: 'clerk' },
  reviewer: { 'zh-CN': '复核', en: 'reviewer' },
  accountant: { 'zh-CN': '会计', en: 'accountant' },
  integrator: { 'zh-CN': '系统对接', en: 'integrator' },
};

/** What each role allows. */
export const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  // Runs the installation: people and departments, retention, the end of a tenant. It grants no right, sees no bill and reads no audit.
  systemAdministrator: [
    ...(['user.read', 'user.manage', 'retention.read', 'retention.manage', 'tenant.export', 'tenant.erase'] as const),
    ...(['policy.read', 'webhook.read', 'approval.read'] as const),
  ],
  // Grants and decides: roles, keys, rules, the second signature. It makes no user and reads no audit.
  securityAdministrator: [
    ...(['user.read', 'role.assign', 'apiKey.manage', 'policy.read', 'policy.manage', 'key.export', 'retention.read'] as const),
    ...(['approval.read', 'approval.decide'] as const),
  ],
  // Reads what happened, and changes nothing.
  auditor: [...(['audit.read', 'audit.export', 'evidence.export', 'user.read', 'policy.read', 'retention.read', 'approval.read'] as const)],
  // Takes bills in and asks. Says neither what a lost call cost nor that a bill is booked.
  clerk: [
    ...(['receipt.write', 'receipt.read', 'receipt.image', 'verification.write', 'verification.read'] as const),
    ...(['batch.write', 'batch.read', 'ledger.read', 'policy.read'] as const),
  ],
  // Vouches for readings and answers data subjects. Takes nothing in, and books nothing.
  reviewer: [
    ...(['receipt.read', 'receipt.image', 'receipt.review', 'verification.write', 'verification.read', 'ledger.read'] as const),
    ...(['personal.unmask', 'subject.manage', 'policy.read', 'approval.read'] as const),
  ],
  // Books, exports and settles, and is the second person for another accountant. Asks for no verification.
  accountant: [
    ...(['ledger.read', 'ledger.book', 'ledger.export', 'charge.read', 'charge.settle'] as const),
    ...(['verification.read', 'receipt.read', 'receipt.image', 'batch.read', 'policy.read', 'approval.read', 'approval.decide'] as const),
  ],
  // Connects the bank's systems. Keys are rights, and are given by the security administrator.
  integrator: ['webhook.read', 'webhook.manage', 'verification.read', 'batch.read', 'policy.read'],
};

const ADMINISTRATORS: ReadonlySet<Role> = new Set(['systemAdministrator', 'securityAdministrator', 'auditor']);

/** Whether one person may hold these roles together: an administrator's role stands alone. */
export function mayBeHeldTogether(roles: readonly Role[]): boolean {
  return new Set(roles).size === 1 || roles.every((role) => !ADMINISTRATORS.has(role));
}

/** The four powers that nobody unites, be it a person or an API key. */
export type Power = 'system' | 'security' | 'audit' | 'business';

const POWER_OF_ROLE: Readonly<Record<Role, Power>> = {
  systemAdministrator: 'system',
  securityAdministrator: 'security',
  auditor: 'audit',
  clerk: 'business',
  reviewer: 'business',
  accountant: 'business',
  integrator: 'business',
};

/** The scopes that change or take out something. A look alone is no power; nor is deciding, which reaches only as far as the act's own scope. */
export function isPower(scope: Scope): boolean {
  if (scope === 'approval.decide') return false;
  return scope === 'audit.read' || !scope.endsWith('.read');
}

/** The powers that these scopes come from. */
export function powersOf(scopes: Iterable<Scope>): ReadonlySet<Power> {
  const asked = new Set([...scopes].filter(isPower));
  return new Set(Role.options.filter((role) => SCOPES_OF_ROLE[role].some((scope) => asked.has(scope))).map((role) => POWER_OF_ROLE[role]));
}

/** Whether one API key may have these scopes: it unites the powers of no two administrators, and of none with the business. */
export function mayBeGrantedTogether(scopes: Iterable<Scope>): boolean {
  return powersOf(scopes).size <= 1;
}

/** What a key for the bank's own systems may have at most. */
export const BUSINESS_SCOPES: readonly Scope[] = Scope.options.filter((scope) =>
  Role.options.some((role) => POWER_OF_ROLE[role] === 'business' && SCOPES_OF_ROLE[role].includes(scope)),
);

/** Whether somebody with these roles is an administrator of any of the three kinds. */
export function holdsAdministration(roles: readonly Role[]): boolean {
  return roles.some((role) => ADMINISTRATORS.has(role));
}

import { z } from 'zod';
import type { Scope } from './scope';

/** The three administrators (三权分立: 系统管理员, 安全管理员, 审计管理员) and the business roles. */
export const Role = z.enum(['systemAdministrator', 'securityAdministrator', 'auditor', 'clerk', 'reviewer', 'accountant', 'integrator']);
export type Role = z.infer<typeof Role>;

/** What each role allows. */
export const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  // Runs the installation: people and departments, retention; neither grants rights nor sees a bill.
  systemAdministrator: [
    'user.read',
    'user.manage',
    'retention.read',
    'retention.manage',
    'webhook.read',
    'webhook.manage',
    'approval.read',
  ],
  // Grants and decides: roles, keys, rules, the second signature.
  securityAdministrator: ['user.read', 'role.assign', 'apiKey.manage', 'policy.read', 'policy.manage', 'approval.read', 'approval.decide'],
  // Reads what happened, and changes nothing.
  auditor: ['audit.read', 'audit.export', 'evidence.export', 'user.read', 'policy.read', 'retention.read', 'approval.read'],
  clerk: [
    'receipt.write',
    'receipt.read',
    'receipt.image',
    'verification.write',
    'verification.read',
    'batch.write',
    'batch.read',
    'ledger.read',
  ],
  reviewer: [
    'receipt.read',
    'receipt.image',
    'receipt.review',
    'verification.write',
    'verification.read',
    'ledger.read',
    'personal.unmask',
    'approval.read',
  ],
  accountant: [
    'ledger.read',
    'ledger.book',
    'ledger.export',
    'verification.read',
    'receipt.read',
    'receipt.image',
    'charge.settle',
    'batch.read',
    'approval.read',
    'approval.decide',
  ],
  integrator: ['webhook.read', 'webhook.manage', 'apiKey.manage', 'verification.read', 'batch.read'],
};

const ADMINISTRATORS: ReadonlySet<Role> = new Set(['systemAdministrator', 'securityAdministrator', 'auditor']);

/** Whether one person may hold these roles together: an administrator's role stands alone. */
export function mayBeHeldTogether(roles: readonly Role[]): boolean {
  return new Set(roles).size === 1 || roles.every((role) => !ADMINISTRATORS.has(role));
}

/** Whether somebody with these roles is an administrator of any of the three kinds. */
export function holdsAdministration(roles: readonly Role[]): boolean {
  return roles.some((role) => ADMINISTRATORS.has(role));
}

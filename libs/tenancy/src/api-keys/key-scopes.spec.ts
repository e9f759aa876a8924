import { Scope } from '../scope';
import { SCOPES_OF_ROLE } from '../role';
import { BUSINESS_SCOPES, mayBeInOneKey, scopesBeyond } from './key-scopes';

const ALL = new Set<Scope>(Scope.options);

describe('the scopes of a key', () => {
  it('are never more than its maker holds', () => {
    const held = new Set<Scope>(['apiKey.manage', 'batch.read']);
    expect(scopesBeyond(held, ['batch.read'])).toEqual([]);
    expect(scopesBeyond(held, ['batch.read', 'receipt.write'])).toEqual(['receipt.write']);
  });

  it('hold nothing that only administrators have, whoever makes it', () => {
    expect(scopesBeyond(ALL, BUSINESS_SCOPES)).toEqual([]);
    const refused = scopesBeyond(ALL, Scope.options);
    expect(refused).toEqual(expect.arrayContaining(['user.manage', 'role.assign', 'audit.read', 'tenant.erase', 'policy.manage']));
    expect([...refused, ...BUSINESS_SCOPES].sort()).toEqual([...Scope.options].sort());
  });

  it('are of one administrator at most, for every pair of powers of different ones', () => {
    const powers = (role: 'systemAdministrator' | 'securityAdministrator' | 'auditor') =>
      SCOPES_OF_ROLE[role].filter((scope) => !BUSINESS_SCOPES.includes(scope));
    for (const role of ['systemAdministrator', 'securityAdministrator', 'auditor'] as const) {
      expect([role, mayBeInOneKey(SCOPES_OF_ROLE[role])]).toEqual([role, true]);
      expect([role, mayBeInOneKey([...powers(role), ...BUSINESS_SCOPES])]).toEqual([role, true]);
    }
    expect(mayBeInOneKey(['user.manage', 'role.assign'])).toBe(false);
    expect(mayBeInOneKey(['user.manage', 'audit.export'])).toBe(false);
    expect(mayBeInOneKey(['policy.manage', 'audit.export'])).toBe(false);
    expect(mayBeInOneKey(Scope.options)).toBe(false);
  });
});

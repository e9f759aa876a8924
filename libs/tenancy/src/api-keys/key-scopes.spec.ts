import { BUSINESS_SCOPES, Scope } from '@app/contracts';
import { scopesBeyond } from './key-scopes';

const ALL = new Set<Scope>(Scope.options);

describe('the scopes of a key', () => {
  it('are never more than those of the key that makes it', () => {
    const maker = { method: 'apiKey', scopes: new Set<Scope>(['apiKey.manage', 'batch.read']) } as const;
    expect(scopesBeyond(maker, ['batch.read'])).toEqual([]);
    expect(scopesBeyond(maker, ['batch.read', 'receipt.write'])).toEqual(['receipt.write']);
  });

  it('are given by a person whose office it is, who holds none of them', () => {
    const maker = { method: 'session', scopes: new Set<Scope>(['apiKey.manage']) } as const;
    expect(scopesBeyond(maker, BUSINESS_SCOPES)).toEqual([]);
  });

  it.each(['apiKey', 'session'] as const)('hold nothing that only administrators have, whoever makes it: %s', (method) => {
    expect(scopesBeyond({ method, scopes: ALL }, BUSINESS_SCOPES)).toEqual([]);
    const refused = scopesBeyond({ method, scopes: ALL }, Scope.options);
    expect(refused).toEqual(expect.arrayContaining(['user.manage', 'role.assign', 'audit.read', 'tenant.erase', 'policy.manage']));
    expect([...refused, ...BUSINESS_SCOPES].sort()).toEqual([...Scope.options].sort());
  });
});

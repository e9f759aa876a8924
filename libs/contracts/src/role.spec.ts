import { isPower, mayBeGrantedTogether, mayBeHeldTogether, BUSINESS_SCOPES, type Power, powersOf, Role, SCOPES_OF_ROLE } from './role';
import { Scope } from './scope';

const ADMINISTRATORS = ['systemAdministrator', 'securityAdministrator', 'auditor'] as const;

describe('the separation of powers', () => {
  it.each(ADMINISTRATORS)('lets nobody hold %s beside another role', (administrator) => {
    expect(mayBeHeldTogether([administrator])).toBe(true);
    for (const other of Role.options.filter((role) => role !== administrator)) {
      expect([other, mayBeHeldTogether([administrator, other])]).toEqual([other, false]);
    }
  });

  it('lets business roles be held together', () => {
    expect(mayBeHeldTogether(['clerk', 'reviewer', 'accountant'])).toBe(true);
  });

  it('gives each power to one of the administrators, or to the business, and to no other', () => {
    const sides = Scope.options.filter(isPower).map((scope) => [scope, [...powersOf([scope])].length]);
    expect(sides).toEqual(Scope.options.filter(isPower).map((scope) => [scope, 1]));
  });

  it('leaves no scope that no role has', () => {
    const held = new Set(Role.options.flatMap((role) => SCOPES_OF_ROLE[role]));
    expect(Scope.options.filter((scope) => !held.has(scope))).toEqual([]);
  });

  it('shows bills, images and personal fields to no administrator', () => {
    const shown = ADMINISTRATORS.flatMap((role) =>
      SCOPES_OF_ROLE[role].filter((scope) => /^(receipt|ledger|verification|batch|personal)\./.test(scope)),
    );
    expect(shown).toEqual([]);
  });

  it('lets nobody who asks settle or book, and nobody who makes users grant rights', () => {
    const together = (a: Scope, b: Scope): Role[] =>
      Role.options.filter((role) => [a, b].every((scope) => SCOPES_OF_ROLE[role].includes(scope)));
    expect(together('verification.write', 'charge.settle')).toEqual([]);
    expect(together('verification.write', 'ledger.book')).toEqual([]);
    expect(together('receipt.write', 'receipt.review')).toEqual([]);
    expect(together('user.manage', 'role.assign')).toEqual([]);
    expect(together('user.manage', 'apiKey.manage')).toEqual([]);
  });
});

describe('a key', () => {
  it('may have all of the business', () => {
    expect(mayBeGrantedTogether(BUSINESS_SCOPES)).toBe(true);
    expect(powersOf(BUSINESS_SCOPES)).toEqual(new Set<Power>(['business']));
  });

  it.each<[Scope, Scope]>([
    ['user.manage', 'role.assign'],
    ['audit.read', 'policy.manage'],
    ['ledger.book', 'audit.export'],
    ['tenant.erase', 'receipt.write'],
  ])('unites no two powers, such as %s and %s', (one, other) => {
    expect(mayBeGrantedTogether([one, other])).toBe(false);
    expect(mayBeGrantedTogether([one, 'approval.read'])).toBe(true);
  });
});

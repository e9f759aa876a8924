import { mayBeHeldTogether, Role, SCOPES_OF_ROLE } from './role';

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

  it('shares no power to change anything among the three administrators', () => {
    const powers = ADMINISTRATORS.map((role) => SCOPES_OF_ROLE[role].filter((scope) => !scope.endsWith('.read')));
    const all = powers.flat();
    expect(all).toEqual([...new Set(all)]);
  });
});

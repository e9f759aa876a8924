import type { Role } from '@app/tenancy';
import { isLoosened } from './is-loosened';

const policy = (networks: Partial<Record<Role, string[]>>, secondFactor: 'installation' | 'everybody' = 'installation') => ({
  secondFactor,
  networks: Object.entries(networks).map(([role, bound]) => ({ role: role as Role, networks: bound })),
});

describe('whether a change lets in anybody who was kept out', () => {
  const bound = policy({ clerk: ['10.1.0.0/16', 'fd00::/8'] }, 'everybody');

  it.each([
    ['the same', bound],
    ['narrower networks', policy({ clerk: ['10.1.2.0/24', '10.1.9.7/32', 'fd00:1::/32'] }, 'everybody')],
    ['one network less', policy({ clerk: ['fd00::/8'] }, 'everybody')],
    ['one role more', policy({ clerk: ['10.1.0.0/16'], reviewer: ['0.0.0.0/0'] }, 'everybody')],
  ])('not by %s', (_what, after) => {
    expect(isLoosened(bound, after)).toBe(false);
  });

  it.each([
    ['a second factor that is demanded no more', policy({ clerk: ['10.1.0.0/16'] })],
    ['a role that is bound no more', policy({}, 'everybody')],
    ['a wider network', policy({ clerk: ['10.0.0.0/8'] }, 'everybody')],
    ['another network', policy({ clerk: ['10.1.0.0/16', '10.2.0.0/16'] }, 'everybody')],
    ['a wider one that begins at the same address', policy({ clerk: ['10.1.0.0/15'] }, 'everybody')],
    ['one of the other kind', policy({ clerk: ['::/0'] }, 'everybody')],
    ['a network less here and one more there', policy({ clerk: ['192.168.0.0/24'] }, 'everybody')],
  ])('by %s', (_what, after) => {
    expect(isLoosened(bound, after)).toBe(true);
  });

  it('not by the first demands', () => {
    expect(isLoosened(policy({}), bound)).toBe(false);
  });
});

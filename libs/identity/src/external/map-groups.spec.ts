import { mapGroups, type GroupRule } from './map-groups';

const RULES: GroupRule[] = [
  { group: 'CN=Counter,OU=Bills,DC=bank', roles: ['clerk'], departmentId: 'd-1' },
  { group: 'reviewers', roles: ['reviewer', 'clerk'], departmentId: 'd-2' },
  { group: '审计', roles: ['auditor'] },
  { group: 'admins', roles: ['systemAdministrator'] },
];

describe('groups of another source', () => {
  it.each([
    [[], { roles: [], departmentId: null }],
    [['unknown'], { roles: [], departmentId: null }],
    [['cn=counter,ou=bills,dc=bank'], { roles: ['clerk'], departmentId: 'd-1' }],
    [['reviewers', 'CN=Counter,OU=Bills,DC=bank'], { roles: ['clerk', 'reviewer'], departmentId: 'd-1' }],
    [['审计'], { roles: ['auditor'], departmentId: null }],
    [['审计', 'unknown'], { roles: ['auditor'], departmentId: null }],
  ])('%j give %j', (groups, expected) => {
    expect(mapGroups(groups, RULES)).toEqual(expected);
  });

  it.each([[['审计', 'admins']], [['admins', 'reviewers']]])('%j stand for roles that nobody may hold together', (groups) => {
    expect(mapGroups(groups, RULES)).toMatchObject({ refused: 'rolesExclusive' });
  });
});

import { withRole } from './with-role';

describe('withRole', () => {
  it('holds business roles together', () => {
    expect(withRole(['clerk'], 'reviewer', true)).toEqual(['clerk', 'reviewer']);
    expect(withRole(['clerk', 'reviewer'], 'clerk', false)).toEqual(['reviewer']);
  });

  it('lets an administrator’s role stand alone', () => {
    expect(withRole(['clerk', 'reviewer'], 'auditor', true)).toEqual(['auditor']);
    expect(withRole(['auditor'], 'securityAdministrator', true)).toEqual(['securityAdministrator']);
    expect(withRole(['auditor'], 'clerk', true)).toEqual(['clerk']);
  });
});

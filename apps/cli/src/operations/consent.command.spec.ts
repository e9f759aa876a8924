import { changed } from './consent.command';

describe('changing what a tenant demands to know of consent', () => {
  const standing = {
    ...{ version: 3, demandsReference: false, defaultReference: '授权书 2026 版', defaultPurpose: '报销审核' },
    ...{ setBy: null, setAt: null },
  };

  it('leaves what is not named, and names the version it saw', () => {
    expect(changed(standing, { defaultPurpose: { value: null } })).toEqual({
      ...{ basedOn: 3, demandsReference: false, defaultReference: '授权书 2026 版', defaultPurpose: null },
    });
  });

  it('refuses a default that would meet the demand', () => {
    expect(() => changed(standing, { demand: 'on' })).toThrow('--default-reference none');
    expect(changed(standing, { demand: 'on', defaultReference: { value: null } })).toMatchObject({ demandsReference: true });
  });
});

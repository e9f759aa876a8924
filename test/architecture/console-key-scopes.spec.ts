import { BUSINESS_SCOPES } from '@app/tenancy';
import { KEY_SCOPES, USUAL_SCOPES } from '../../apps/console/src/keys/key-scopes';

describe('scopes that are offered for keys', () => {
  it('are those of the business roles, but for deciding, which no key can', () => {
    expect([...KEY_SCOPES]).toEqual(BUSINESS_SCOPES.filter((scope) => scope !== 'approval.decide'));
  });

  it('hold the usual ones', () => {
    expect(USUAL_SCOPES.every((scope) => KEY_SCOPES.some((offered) => offered === scope))).toBe(true);
  });
});

import type { SignInPolicyView } from '@app/contracts';
import { formOf, policyOf } from './sign-in-policy-form';

const standing: SignInPolicyView = {
  version: 4,
  secondFactor: 'installation',
  networks: [{ role: 'auditor', networks: ['10.1.0.0/16', '10.2.0.0/16'] }],
  changedAt: '2026-11-02T00:00:00.000Z',
  installation: { secondFactor: 'administrators' },
};
const form = formOf(standing);

describe('what is demanded at the sign-in', () => {
  it('is sent whole, with the version that was seen', () => {
    const networks = { ...form.networks, clerk: ' 10.9.0.0/16 , 10.8.0.1' };
    expect(policyOf({ ...form, networks }, standing)).toEqual({
      version: 4,
      secondFactor: 'installation',
      networks: [
        { role: 'auditor', networks: ['10.1.0.0/16', '10.2.0.0/16'] },
        { role: 'clerk', networks: ['10.9.0.0/16', '10.8.0.1'] },
      ],
    });
  });

  it('binds a role no longer whose networks are emptied', () => {
    expect(policyOf({ ...form, networks: { ...form.networks, auditor: ' ' } }, standing)?.networks).toEqual([]);
  });

  it('is nothing to send while nothing differs', () => {
    expect(policyOf(form, standing)).toBeNull();
    expect(policyOf({ ...form, networks: { ...form.networks, auditor: '10.1.0.0/16, 10.2.0.0/16' } }, standing)).toBeNull();
    expect(policyOf({ ...form, secondFactor: 'everybody' }, standing)?.secondFactor).toBe('everybody');
  });
});

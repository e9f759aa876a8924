import type { VerificationPolicyView } from '@app/contracts';
import { changedNames, changeOf, formOf, trialOf, type PolicyForm } from './policy-form';

const policy = {
  version: 3,
  provider: 'netocr',
  failover: 'on',
  dailyQuota: 5_000,
  monthlyBudgetYuan: null,
  onImplausible: 'warn',
  settlementLimitYuan: '200.00',
} as VerificationPolicyView;
const changed = (changes: Partial<PolicyForm>): PolicyForm => ({ ...formOf(policy), reason: '日查验量上升', ...changes });

describe('a change of the rules', () => {
  it('names what differs, of the version that was seen, and nothing else', () => {
    const form = changed({ dailyQuota: ' 8000 ', monthlyBudgetYuan: '120.50' });
    expect(changedNames(form, policy)).toEqual(['dailyQuota', 'monthlyBudgetYuan']);
    expect(changeOf(form, policy)).toEqual({ version: 3, dailyQuota: 8_000, monthlyBudgetYuan: '120.50', reason: '日查验量上升' });
  });

  it('can be tried before anybody says why', () => {
    const form = changed({ settlementLimitYuan: '', reason: '' });
    expect(trialOf(form, policy)).toEqual({ version: 3, settlementLimitYuan: null });
    expect(changeOf(form, policy)).toBeNull();
    expect(trialOf(changed({}), policy)).toBeNull();
    expect(trialOf(changed({ settlementLimitYuan: '-1' }), policy)).toBeNull();
  });

  it('takes an emptied number for no limit, and an emptied provider for the installation’s', () => {
    expect(changeOf(changed({ dailyQuota: '', provider: '' }), policy)).toMatchObject({ dailyQuota: null, provider: null });
  });

  it.each<[string, Partial<PolicyForm>]>([
    ['nothing differs', {}],
    ['there is no reason', { failover: 'off', reason: ' ' }],
    ['a count is none', { dailyQuota: '8k' }],
    ['an amount is none', { monthlyBudgetYuan: '12.345' }],
  ])('is none while %s', (_why, changes) => {
    expect(changeOf(changed(changes), policy)).toBeNull();
  });
});

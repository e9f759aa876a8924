import { Role, ROLE_NAMES, type SignInPolicyView } from '@app/contracts';
import { Alert, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { StepForm } from '../app/step-form';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import { formOf, policyOf, type SignInPolicyForm } from './sign-in-policy-form';

interface Props {
  standing: SignInPolicyView;
  onClose: () => void;
  /** Another policy stands than the one shown. */
  onOutdated: () => void;
  /** It holds, or where it demands less, is proposed. */
  onChanged: (outcome: 'holds' | 'isProposed') => void;
}

/** Changes what is demanded at the sign-in, from everybody's next request on. */
export function SignInPolicyDialog({ standing, onClose, onOutdated, onChanged }: Props) {
  const { t, say } = useI18n();
  const api = useApi();
  const step = useStep();
  const [form, setForm] = useState<SignInPolicyForm>(() => formOf(standing));
  const policy = policyOf(form, standing);
  const send = async (): Promise<void> => {
    if (!policy || step.isSending) return;
    const told = { isProposed: false };
    const isSent = await step.send(async () => {
      const answer = await api.changeSignInPolicy(policy);
      told.isProposed = answer.ok && 'payloadHash' in answer.value;
      return answer;
    });
    if (isSent) onChanged(told.isProposed ? 'isProposed' : 'holds');
  };
  const isEverybody = standing.installation.secondFactor === 'everybody';
  return (
    <Modal
      open
      title={t('signInPolicy.change')}
      okText={t('people.save')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: policy === null }}
      confirmLoading={step.isSending}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="warning" showIcon title={t('signInPolicy.note')} />
        <div>
          <span>{t('signInPolicy.secondFactor')}</span>
          <Segmented<SignInPolicyForm['secondFactor']>
            aria-label={t('signInPolicy.secondFactor')}
            value={form.secondFactor}
            onChange={(secondFactor) => setForm({ ...form, secondFactor })}
            options={[
              { value: 'installation', label: t(isEverybody ? 'signInPolicy.for.everybody' : 'signInPolicy.for.administrators') },
              ...(isEverybody ? [] : [{ value: 'everybody' as const, label: t('signInPolicy.for.everybody') }]),
            ]}
          />
        </div>
        {Role.options.map((role) => (
          <label key={role}>
            <span>{t('signInPolicy.networksOf', { role: say(ROLE_NAMES[role]) })}</span>
            <Input.TextArea
              name={`networks-${role}`}
              rows={1}
              value={form.networks[role]}
              placeholder={t('signInPolicy.anywhere')}
              spellCheck={false}
              onChange={({ target }) => setForm({ ...form, networks: { ...form.networks, [role]: target.value } })}
            />
          </label>
        ))}
        <p className={page.intro}>{t('keys.networksHint')}</p>
        {step.failure && <FailureAlert failure={step.failure} onRetry={onOutdated} retryLabel={t('approvals.reload')} />}
      </StepForm>
    </Modal>
  );
}

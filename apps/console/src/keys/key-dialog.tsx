import { ApiKeyRequest, BUSINESS_SCOPES, SCOPE_NAMES, type ApiKeySecretView, type Scope } from '@app/contracts';
import { Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import { networksOf } from './networks';

const USUAL_DAYS = 180;
/** No key decides what a second person must. */
const OFFERED_SCOPES = BUSINESS_SCOPES.filter((scope) => scope !== 'approval.decide');
/** What a new key for a calling system needs in most cases. */
const USUAL_SCOPES: readonly Scope[] = ['receipt.write', 'receipt.read', 'verification.write', 'verification.read'];

/** Makes a key: for what, with which scopes, for how long, from where. */
export function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (key: ApiKeySecretView) => void }) {
  const { t, say } = useI18n();
  const api = useApi();
  const step = useStep();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>([...USUAL_SCOPES]);
  const [validDays, setValidDays] = useState<number | null>(USUAL_DAYS);
  const [networks, setNetworks] = useState('');
  const [isSigned, setIsSigned] = useState(false);
  const key = ApiKeyRequest.safeParse({
    ...{ name, scopes, validDays },
    signing: isSigned ? 'required' : 'none',
    allowedNetworks: networksOf(networks),
  });

  const make = async (): Promise<void> => {
    if (!key.success || step.isSending) return;
    const made = await step.send(() => api.createKey(key.data));
    if (made) onMade(made.value);
  };
  return (
    <Modal
      open
      title={t('keys.create')}
      okText={t('keys.create')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !key.success }}
      confirmLoading={step.isSending}
      onOk={() => void make()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <label>
          <span>{t('keys.name')}</span>
          <Input
            name="key-name"
            autoFocus
            value={name}
            maxLength={100}
            placeholder={t('keys.nameHint')}
            autoComplete="off"
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <label>
          <span>{t('keys.scopes')}</span>
          <Select<Scope[]>
            mode="multiple"
            value={scopes}
            onChange={(chosen) => {
              setScopes(chosen);
              step.forget();
            }}
            options={OFFERED_SCOPES.map((value) => ({ value, label: `${say(SCOPE_NAMES[value])} (${value})` }))}
          />
        </label>
        <label>
          <span>{t('keys.days')}</span>
          <InputNumber name="key-days" min={1} max={3650} precision={0} value={validDays} onChange={setValidDays} />
        </label>
        <label>
          <span>{t('keys.networks')}</span>
          <Input.TextArea
            rows={2}
            value={networks}
            placeholder={t('keys.networksHint')}
            onChange={({ target }) => setNetworks(target.value)}
          />
        </label>
        <Checkbox checked={isSigned} onChange={({ target }) => setIsSigned(target.checked)}>
          {t('keys.signing')}
        </Checkbox>
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}

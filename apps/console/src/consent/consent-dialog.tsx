import { ConsentPolicyRequest, type ConsentPolicyView } from '@app/contracts';
import { Alert, Input, Modal, Switch } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { useProposedNote } from '../approvals/use-proposed-note';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

interface Props {
  standing: ConsentPolicyView;
  onClose: () => void;
  /** Another policy stands than the one shown. */
  onOutdated: () => void;
}

/** Proposes another policy of consent. */
export function ConsentDialog({ standing, onClose, onOutdated }: Props) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const noteProposed = useProposedNote();
  const [demandsReference, setDemands] = useState(standing.demandsReference);
  const [reference, setReference] = useState(standing.defaultReference ?? '');
  const [purpose, setPurpose] = useState(standing.defaultPurpose ?? '');
  const wish = ConsentPolicyRequest.safeParse({
    basedOn: standing.version,
    demandsReference,
    // Where each request has to bring one, there is no default.
    defaultReference: demandsReference ? null : writtenOrNone(reference),
    defaultPurpose: writtenOrNone(purpose),
  });
  const isChanged =
    wish.success &&
    (['demandsReference', 'defaultReference', 'defaultPurpose'] as const).some((term) => wish.data[term] !== standing[term]);

  const propose = async (): Promise<void> => {
    if (!wish.success || !isChanged || step.isSending) return;
    if (!(await step.send(() => api.proposeConsentPolicy(wish.data)))) return;
    noteProposed();
    onClose();
  };
  return (
    <Modal
      open
      title={t('consent.change')}
      okText={t('rules.propose')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !isChanged }}
      confirmLoading={step.isSending}
      onOk={() => void propose()}
      onCancel={onClose}
    >
      <div className={page.form}>
        <Alert type="info" showIcon title={t('consent.fourEyes')} />
        <label>
          <span>{t('consent.demandsReference')}</span>
          <Switch checked={demandsReference} onChange={setDemands} aria-label={t('consent.demandsReference')} />
        </label>
        <label>
          <span>{t('consent.defaultReference')}</span>
          <Input
            name="default-reference"
            value={demandsReference ? '' : reference}
            disabled={demandsReference}
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => setReference(target.value)}
          />
        </label>
        <label>
          <span>{t('consent.defaultPurpose')}</span>
          <Input
            name="default-purpose"
            value={purpose}
            maxLength={200}
            autoComplete="off"
            onChange={({ target }) => setPurpose(target.value)}
          />
        </label>
        {step.failure && <FailureAlert failure={step.failure} onRetry={onOutdated} retryLabel={t('approvals.reload')} />}
      </div>
    </Modal>
  );
}

function writtenOrNone(text: string): string | null {
  return text.trim() === '' ? null : text;
}

import type { ReproofBody, SessionView } from '@app/contracts';
import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { Refused } from '../sign-in/enrol-step';
import { RecoveryCodes } from '../sign-in/recovery-codes';
import { ReproofForm } from '../sign-in/reproof-form';
import { TotpEnrolment } from '../sign-in/totp-enrolment';
import { useEnrolment } from '../sign-in/use-enrolment';
import { useStep } from '../sign-in/use-step';
import styles from './account-page.module.css';

interface Props {
  person: SessionView;
  onSession: (view: SessionView) => void;
}

/** One's second factor: enrolling it, its recovery codes, taking it away. */
export function FactorSection({ person, onSession }: Props) {
  const { t } = useI18n();
  const enrolment = useEnrolment(onSession);
  const { offer, codes, step } = enrolment;
  const isOn = person.hasSecondFactor;
  return (
    <Section heading={t('account.factor')} aside={<Tag color={isOn ? 'success' : 'default'}>{t(isOn ? 'totp.on' : 'totp.off')}</Tag>}>
      {codes && <RecoveryCodes codes={codes} onKept={() => void enrolment.finish()} />}
      {!codes && offer && <TotpEnrolment enrolment={offer} step={step} onCode={(code) => void enrolment.confirm(code)} />}
      {!codes && !offer && (
        <>
          {step.failure && <Refused view={person} enrolment={enrolment} onSession={onSession} />}
          {isOn ? (
            <Enrolled person={person} onSession={onSession} />
          ) : (
            <Button data-action="enrol" loading={step.isSending} onClick={() => void enrolment.begin()}>
              {t('totp.start')}
            </Button>
          )}
        </>
      )}
    </Section>
  );
}

/** What can be done with a second factor that is there; each wants a proof that it is the person who asks. */
function Enrolled({ onSession }: Props) {
  const { t } = useI18n();
  const { message } = App.useApp();
  const api = useApi();
  const step = useStep();
  const [wish, setWish] = useState<'renew' | 'remove' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  const renew = async (proof: ReproofBody): Promise<void> => {
    const renewed = await step.send(() => api.renewRecoveryCodes(proof));
    if (!renewed) return;
    setWish(null);
    setCodes(renewed.value.recoveryCodes);
  };
  const remove = async (proof: ReproofBody): Promise<void> => {
    if (!(await step.send(() => api.removeTotp(proof)))) return;
    const view = await step.send(() => api.readSession());
    if (view) onSession(view.value);
    message.success(t('totp.removed'));
  };

  if (codes) return <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />;
  return (
    <>
      <div className={styles.buttons}>
        <Button disabled={wish === 'renew'} onClick={() => setWish('renew')}>
          {t('totp.renew')}
        </Button>
        <Button danger disabled={wish === 'remove'} onClick={() => setWish('remove')}>
          {t('totp.remove')}
        </Button>
      </div>
      {step.failure && <FailureAlert failure={step.failure} />}
      {wish && (
        <ReproofForm
          key={wish}
          hasSecondFactor
          isSending={step.isSending}
          submit={t(wish === 'renew' ? 'totp.renew' : 'totp.remove')}
          onProof={(proof) => void (wish === 'renew' ? renew(proof) : remove(proof))}
        />
      )}
    </>
  );
}

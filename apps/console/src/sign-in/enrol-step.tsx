import type { SessionView } from '@app/contracts';
import { useEffect, useRef } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { RecoveryCodes } from './recovery-codes';
import { ReproofForm } from './reproof-form';
import styles from './sign-in-page.module.css';
import { TotpEnrolment } from './totp-enrolment';
import { useEnrolment } from './use-enrolment';

/** A second factor that must be enrolled before anything else is open. */
export function EnrolStep({ view, onSession }: { view: SessionView; onSession: (view: SessionView) => void }) {
  const { t } = useI18n();
  const enrolment = useEnrolment(onSession);
  const { offer, codes, step } = enrolment;
  // Each asking makes another secret, so that it is asked for once.
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void enrolment.begin();
  });
  return (
    <div className={styles.step}>
      <h2 className={styles.heading}>{t('totp.heading')}</h2>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => void enrolment.finish()} />
      ) : (
        <>
          <p className={styles.intro}>{t('totp.mustIntro')}</p>
          {offer && <TotpEnrolment enrolment={offer} step={step} onCode={(code) => void enrolment.confirm(code)} />}
          {!offer && step.failure && <Refused view={view} enrolment={enrolment} onSession={onSession} />}
        </>
      )}
    </div>
  );
}

type Enrolment = ReturnType<typeof useEnrolment>;

/** The password was proved too long ago: it is asked for again. Anything else is said. */
export function Refused({
  view,
  enrolment: { step, begin },
  onSession,
}: {
  view: SessionView;
  enrolment: Enrolment;
  onSession: (view: SessionView) => void;
}) {
  const { t } = useI18n();
  const api = useApi();
  const { failure } = step;
  if (!failure) return null;
  const isStale = failure.kind === 'problem' && ['recent-proof-needed', 'proof-refused'].includes(failure.problem.code);
  return (
    <>
      <FailureAlert failure={failure} className={styles.alert} {...(!isStale && { onRetry: () => void begin() })} />
      {isStale && (
        <ReproofForm
          hasSecondFactor={view.hasSecondFactor}
          isSending={step.isSending}
          submit={t('reproof.submit')}
          onProof={(proof) =>
            void step
              .send(() => api.confirmSession(proof))
              .then((proven) => {
                if (!proven) return;
                onSession(proven.value);
                return begin();
              })
          }
        />
      )}
    </>
  );
}

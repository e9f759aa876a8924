import type { BillView, VerificationView } from '@app/contracts';
import { Skeleton } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { hashOf, type Route } from '../app/route';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { AttemptList } from '../verification/attempt-list';
import { lightOf } from '../verification/verdict-light';
import styles from './entries.module.css';
import { Facts } from './facts';

/** The newest verification of a bill, with what was sent for it and what that cost. */
export function BillVerification({ bill: { verificationId, state } }: { bill: BillView }) {
  const { t } = useI18n();
  return (
    <Section heading={t('ledger.verification')}>
      {verificationId === null ? (
        <p className={styles.none}>{t('ledger.noVerification')}</p>
      ) : (
        // While it is open the bill is asked for again, and so is its verification once the bill changed.
        <Newest key={`${verificationId} ${state}`} id={verificationId} />
      )}
    </Section>
  );
}

const neverAgain = (): null => null;

function Newest({ id }: { id: string }) {
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readVerification(id), [api, id]),
    neverAgain,
  );
  if (value) return <Verification view={value} />;
  return failure ? <FailureAlert failure={failure} onRetry={reload} /> : <Skeleton active title={false} paragraph={{ rows: 2 }} />;
}

function Verification({ view }: { view: VerificationView }) {
  const { t, say, instant } = useI18n();
  const facts = [
    { key: 'result', term: t('ledger.verificationResult'), value: t(`light.${lightOf(view).shown}`) },
    { key: 'provider', term: t('outcome.provider'), value: t(`provider.${view.provider}`) },
    { key: 'charge', term: t('outcome.charge'), value: view.charge ? t(`charge.${view.charge}`) : t('charge.pending') },
    { key: 'finishedAt', term: t('outcome.finishedAt'), value: view.finishedAt && instant(view.finishedAt) },
  ];
  return (
    <>
      <Facts facts={facts} />
      <p>{say(view.message)}</p>
      <AttemptList attempts={view.attempts} />
      <a href={hashOf(routeOf(view))}>{t('ledger.openVerification')}</a>
    </>
  );
}

/** Where the whole outcome is shown: beside its receipt, or by itself. */
function routeOf({ id, receiptId, bill }: VerificationView): Route {
  if (receiptId === null) return { page: 'manual', verificationId: id };
  return { page: 'receipts', receiptId, billNumber: bill ?? 1, verificationId: id };
}

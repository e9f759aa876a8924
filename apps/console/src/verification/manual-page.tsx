import { Empty } from 'antd';
import { useState } from 'react';
import { goTo } from '../app/use-route';
import { ReferenceInput } from '../consent/reference-input';
import { useI18n } from '../i18n/i18n-context';
import { FaceComparison } from './face-comparison-table';
import styles from './manual-page.module.css';
import { OutcomePanel } from './outcome-panel';
import { useElementsForm } from './use-elements-form';
import { useVerification } from './use-verification';
import { VerificationPanel } from './verification-panel';

/** Verifies five typed elements without an image. */
export function ManualPage({ verificationId }: { verificationId: string | null }) {
  const { t } = useI18n();
  const [reference, setReference] = useState('');
  const verification = useVerification({
    id: verificationId,
    reference,
    receiptId: null,
    onAccepted: (id) => {
      // The next one is another person's.
      setReference('');
      goTo({ page: 'manual', verificationId: id });
    },
  });
  const form = useElementsForm({ bill: null, correction: null, shown: verification.view });
  const { view } = verification;
  return (
    <div className={styles.page}>
      <VerificationPanel
        form={form}
        verification={verification}
        above={
          <div className={styles.intro}>
            <h1>{t('manual.heading')}</h1>
            <p>{t('manual.intro')}</p>
            <ReferenceInput value={reference} onChange={setReference} />
          </div>
        }
        onClear={() => {
          goTo({ page: 'manual', verificationId: null });
          form.clear();
          setReference('');
        }}
      />
      <div className={styles.outcome}>
        {view ? (
          <>
            <OutcomePanel view={view} isStale={form.isStale} onReload={verification.reload} />
            {view.face && !form.isStale && <FaceComparison verification={view} face={view.face} bill={null} />}
          </>
        ) : (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('manual.outcomeNone')} className={styles.none}>
            {t('manual.outcomeHint')}
          </Empty>
        )}
      </div>
    </div>
  );
}

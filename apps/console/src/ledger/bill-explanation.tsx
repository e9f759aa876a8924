import { Alert } from 'antd';
import type { BillView } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import type { Tone } from '../verification/verdict-light';
import { standingOf } from './bill-standing';
import { BillStateTag } from './bill-state-tag';
import styles from './bill-explanation.module.css';

const ALERTS: Record<Tone, 'success' | 'error' | 'warning' | 'info'> = {
  green: 'success',
  red: 'error',
  amber: 'warning',
  blue: 'info',
  grey: 'info',
};

/** Where a bill stands and what that means for whoever has it on the desk. */
export function BillExplanation({ bill }: { bill: BillView }) {
  const { t } = useI18n();
  const { state, tone } = standingOf(bill);
  return (
    <Alert
      type={ALERTS[tone]}
      role="status"
      className={styles.explanation}
      data-tone={tone}
      title={<BillStateTag bill={bill} />}
      description={
        <>
          <div>{t(`ledger.explain.${state}`)}</div>
          {bill.isContradicted && <div>{t('ledger.explain.contradicted')}</div>}
        </>
      }
    />
  );
}

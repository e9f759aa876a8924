import { ClockCircleFilled, MinusCircleFilled } from '@ant-design/icons';
import { BILL_STATES, type BillView } from '@app/contracts';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context';
import type { Tone } from '../verification/verdict-light';
import { standingOf } from './bill-standing';
import styles from './bill-explanation.module.css';

const ALERTS: Record<Tone, 'success' | 'error' | 'warning' | 'info'> = {
  green: 'success',
  red: 'error',
  amber: 'warning',
  blue: 'info',
  grey: 'info',
};

/** Signs that differ from those of an alert: what is not known yet is no advice. */
const SIGNS: Partial<Record<Tone, ReactNode>> = { blue: <ClockCircleFilled />, grey: <MinusCircleFilled /> };

/** Where a bill stands and what that means for whoever has it on the desk. */
export function BillExplanation({ bill }: { bill: BillView }) {
  const { t, say } = useI18n();
  const { state, tone } = standingOf(bill);
  return (
    <Alert
      type={ALERTS[tone]}
      showIcon
      icon={SIGNS[tone]}
      role="status"
      className={styles.explanation}
      data-tone={tone}
      title={<strong>{say(BILL_STATES[state])}</strong>}
      description={
        <>
          <div>{t(`ledger.explain.${state}`)}</div>
          {bill.isContradicted && <strong>{t('ledger.explain.contradicted')}</strong>}
        </>
      }
    />
  );
}

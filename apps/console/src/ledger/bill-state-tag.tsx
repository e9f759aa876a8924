import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons';
import { BILL_STATES, type BillState, type BillView } from '@app/contracts';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context';
import type { Tone } from '../verification/verdict-light';
import { standingOf } from './bill-standing';
import styles from './bill-state-tag.module.css';

const TAGS: Record<Tone, { color: string; icon: ReactNode }> = {
  green: { color: 'success', icon: <CheckCircleOutlined /> },
  red: { color: 'error', icon: <CloseCircleOutlined /> },
  amber: { color: 'warning', icon: <ExclamationCircleOutlined /> },
  blue: { color: 'processing', icon: <ClockCircleOutlined /> },
  grey: { color: 'default', icon: <MinusCircleOutlined /> },
};

/** Where a bill stands, in a word, a sign and a colour; beside it that another document contradicts it. */
export function BillStateTag({ bill }: { bill: BillView }) {
  const { t } = useI18n();
  const { state, tone } = standingOf(bill);
  return (
    <span className={styles.tags} data-state={state} data-tone={tone}>
      <StateTag state={state} tone={tone} />
      {bill.isContradicted && (
        <Tag color="error" icon={<ExclamationCircleOutlined />}>
          {t('ledger.contradicted')}
        </Tag>
      )}
    </span>
  );
}

function StateTag({ state, tone }: { state: BillState; tone: Tone }) {
  const { say } = useI18n();
  return (
    <Tag color={TAGS[tone].color} icon={TAGS[tone].icon}>
      {say(BILL_STATES[state])}
    </Tag>
  );
}

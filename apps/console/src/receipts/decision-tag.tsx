import { CheckCircleOutlined, CloseCircleOutlined, EyeOutlined, StopOutlined, SyncOutlined } from '@ant-design/icons';
import type { Decision, ReceiptState } from '@app/contracts';
import { Tag } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import styles from './decision-tag.module.css';

const DECISIONS = {
  auto: { color: 'processing', icon: <CheckCircleOutlined /> },
  review: { color: 'warning', icon: <EyeOutlined /> },
  refuse: { color: 'error', icon: <StopOutlined /> },
} as const;

/** Where a receipt stands: being read, not readable, or what was decided. Green is kept for verified bills. */
export function DecisionTag({ state, decision }: { state: ReceiptState; decision: Decision | null }) {
  const { t } = useI18n();
  if (state === 'failed') return tag('error', <CloseCircleOutlined />, t('state.failed'));
  if (state === 'queued' || !decision) return tag('default', <SyncOutlined spin />, t('state.queued'));
  return tag(DECISIONS[decision].color, DECISIONS[decision].icon, t(`decision.${decision}`));
}

function tag(color: string, icon: React.ReactNode, label: string) {
  return (
    <Tag color={color} icon={icon} className={styles.tag}>
      {label}
    </Tag>
  );
}

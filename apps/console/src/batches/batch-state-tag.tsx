import type { VerificationBatchState } from '@app/contracts';
import { Tag } from 'antd';
import { useI18n } from '../i18n/i18n-context';

const COLOURS: Record<VerificationBatchState, string> = {
  draft: 'default',
  running: 'processing',
  paused: 'warning',
  cancelled: 'default',
  // Not green: that a batch is done says nothing of its bills.
  done: 'blue',
};

export function BatchStateTag({ state }: { state: VerificationBatchState }) {
  const { t } = useI18n();
  return (
    <Tag color={COLOURS[state]} data-batch-state={state}>
      {t(`batchState.${state}`)}
    </Tag>
  );
}

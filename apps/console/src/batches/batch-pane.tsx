import { Skeleton } from 'antd';
import { useCallback, useEffect, useEffectEvent } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { useI18n } from '../i18n/i18n-context';
import { BatchCounts } from './batch-counts';
import { BatchErrorsTable } from './batch-errors-table';
import { BatchEstimate } from './batch-estimate';
import { BatchHead } from './batch-head';
import styles from './batch-pane.module.css';
import { nextLookMs } from './batch-progress';
import { BatchProgress } from './batch-progress-section';
import { useBatchActions } from './use-batch-actions';

/** One batch, followed until it is over: what was found wrong and what it would cost, then how far it is. */
export function BatchPane({ batchId, onActed }: { batchId: string; onActed: () => void }) {
  const { t } = useI18n();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readBatch(batchId), [api, batchId]),
    nextLookMs,
  );
  const actions = useBatchActions(batchId, () => {
    reload();
    onActed();
  });
  const state = value?.state;
  const tellList = useEffectEvent(onActed);
  // The list looks more rarely; it must not call a batch running that this page calls done.
  useEffect(() => {
    if (state !== undefined) tellList();
  }, [state]);
  return (
    <div className={styles.pane} aria-label={t('batches.heading')}>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null ? (
        !failure && <Skeleton active aria-label={t('batches.loading')} />
      ) : (
        <>
          <BatchHead batch={value} actions={actions} />
          {value.startedAt !== null && <BatchProgress batch={value} />}
          <BatchEstimate batch={value} />
          <BatchCounts batch={value} />
          <BatchErrorsTable batch={value} />
        </>
      )}
    </div>
  );
}

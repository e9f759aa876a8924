import type { VerificationBatchView } from '@app/contracts';
import { Alert } from 'antd';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { useI18n, type I18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { BatchCommands } from './batch-commands-bar';
import styles from './batch-head.module.css';
import { BatchStateTag } from './batch-state-tag';
import { FileButtons } from './file-buttons';
import type { BatchActions } from './use-batch-actions';

/** What batch it is, where it stands, and what can be done with it. */
export function BatchHead({ batch, actions }: { batch: VerificationBatchView; actions: BatchActions }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { may } = useAccess();
  const api = useApi();
  const isUnfinished = batch.state === 'cancelled' && batch.finishedAt === null;
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <h1 className={styles.name}>{batch.fileName ?? t('batches.fromReceipts')}</h1>
        <BatchStateTag state={batch.state} />
        {may('batch.write') && <BatchCommands batch={batch} actions={actions} />}
      </div>
      <div className={styles.line}>
        <span className={styles.times}>{factsOf(i18n, batch)}</span>
        {batch.startedAt !== null && <FileButtons label={t('batch.result')} load={(file) => api.downloadResult(batch.id, file)} />}
      </div>
      {batch.state === 'paused' && <Alert type="warning" showIcon title={pauseText(i18n, batch.pauseReason)} />}
      {isUnfinished && <Alert type="info" showIcon title={t('batch.stillEnding', { count: batch.progress.states.begun })} />}
      {actions.failure && <FailureAlert failure={actions.failure} />}
    </header>
  );
}

function factsOf({ t, instant }: I18n, { createdAt, startedAt, finishedAt, provider }: VerificationBatchView): string {
  const times = [
    [t('batch.createdAt'), createdAt],
    [t('batch.startedAt'), startedAt],
    [t('batch.finishedAt'), finishedAt],
  ] as const;
  const channel = provider === null ? t('verify.providerDefault') : t(`provider.${provider}`);
  return [`${t('batch.provider')} ${channel}`, ...times.flatMap(([name, at]) => (at === null ? [] : [`${name} ${instant(at)}`]))].join(
    ' · ',
  );
}

const KNOWN_REASONS = ['tenant-quota', 'tenant-budget', 'rate-limited'] as const;

function pauseText({ t }: I18n, reason: string | null): string {
  if (reason === null) return t('pause.byPerson');
  const known = KNOWN_REASONS.find((each) => each === reason);
  return known ? t(`pause.${known}`) : t('pause.other', { code: reason });
}

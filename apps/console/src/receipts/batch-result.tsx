import type { BatchView } from '@app/contracts';
import { hashOf } from '../app/route';
import { useI18n } from '../i18n/i18n-context';
import styles from './batch-result.module.css';

/** What became of each document of an archive: its receipt, or why it is none. */
export function BatchResult({ batch }: { batch: BatchView }) {
  const { t, say } = useI18n();
  const taken = batch.items.filter(({ problem }) => problem === null).length;
  return (
    <div className={styles.result} role="status">
      <div className={styles.count}>{t('upload.batchTaken', { taken, count: batch.items.length })}</div>
      {batch.problem && <div className={styles.problem}>{t('upload.batchStopped', { reason: say(batch.problem.message) })}</div>}
      <ul className={styles.items}>
        {batch.items.map(({ name, receiptId, problem }, at) => (
          <li key={`${at} ${name}`} className={styles.item}>
            {receiptId === null ? (
              <span title={name}>{name}</span>
            ) : (
              <a href={hashOf({ page: 'receipts', receiptId, billNumber: 1, verificationId: null })} title={name}>
                {name}
              </a>
            )}
            {problem && <span className={styles.problem}>{say(problem.message)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

import type { BatchRowError, VerificationBatchView } from '@app/contracts';
import { Button } from 'antd';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { hashOf } from '../app/route';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import styles from './batch-errors-table.module.css';
import { FileButtons } from './file-buttons';
import { useBatchErrors } from './use-batch-errors';

/** The rows that are not asked, each with where and why, in the order of the file. */
export function BatchErrorsTable({ batch }: { batch: VerificationBatchView }) {
  const { t } = useI18n();
  const api = useApi();
  const { items, failure, hasMore, loadMore } = useBatchErrors(batch);
  if (items.length === 0) return null;
  return (
    <Section
      heading={t('batch.errors')}
      aside={<FileButtons label={t('batch.errors.file')} load={(file) => api.downloadErrors(batch.id, file)} />}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            {(['line', 'column', 'message'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`batch.errors.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((error, at) => (
            <ErrorRow key={`${at} ${error.row}`} error={error} />
          ))}
        </tbody>
      </table>
      {failure && <FailureAlert failure={failure} />}
      {hasMore && (
        <Button type="link" size="small" onClick={() => void loadMore()}>
          {t('batch.errors.more')}
        </Button>
      )}
    </Section>
  );
}

function ErrorRow({ error: { row, line, column, message, receiptId } }: { error: BatchRowError }) {
  const { t, say } = useI18n();
  const columnName = column === null ? '' : t(column === 'reference' ? 'batch.column.reference' : `field.${column}`);
  return (
    <tr>
      <td className={styles.line}>{line ?? row}</td>
      <td className={styles.column}>{columnName}</td>
      <td>
        {say(message)}{' '}
        {receiptId !== null && (
          <a href={hashOf({ page: 'receipts', receiptId, billNumber: 1, verificationId: null })}>{t('batch.errors.receipt')}</a>
        )}
      </td>
    </tr>
  );
}

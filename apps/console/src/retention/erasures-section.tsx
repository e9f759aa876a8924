import { RETENTION_CLASSES } from '@app/contracts';
import { Button, Empty, Skeleton } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePaged } from '../api/use-paged';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';

const PAGE = 20;

/** Proofs of what was erased: of what class, when, by which rule, and the fingerprint of what it was. */
export function ErasuresSection() {
  const { t, say, instant } = useI18n();
  const api = useApi();
  const list = usePaged(
    useCallback((asked) => api.listErasures(asked), [api]),
    PAGE,
  );
  return (
    <Section heading={t('erasures.heading')}>
      {list.failure && <FailureAlert failure={list.failure} onRetry={list.reload} />}
      {list.items === null && !list.failure && <Skeleton active title={false} />}
      {list.items?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('erasures.none')} />}
      {list.items && list.items.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table}>
            <thead>
              <tr>
                {(['at', 'class', 'record', 'rule', 'hash'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`erasures.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.items.map(({ id, class: erased, recordType, recordId, rule, sha256, erasedAt }) => (
                <tr key={id} data-erased={recordId}>
                  <td>{instant(erasedAt)}</td>
                  <th scope="row">{say(RETENTION_CLASSES[erased])}</th>
                  <td>
                    {recordType}
                    <div className={tables.mono}>{recordId}</div>
                  </td>
                  <td className={tables.mono}>{rule}</td>
                  <td className={tables.mono} title={sha256}>
                    {sha256.slice(0, 16)}…
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasMore && (
        <Button loading={list.isLoading} onClick={() => void list.loadMore()}>
          {t('holds.more')}
        </Button>
      )}
    </Section>
  );
}

import { PlusOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Empty, Skeleton } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePaged } from '../api/use-paged';
import page from '../app/page.module.css';
import { useI18n } from '../i18n/i18n-context';
import { SubjectCard } from './subject-card';
import { SubjectDialog } from './subject-dialog';

const PAGE = 20;

/** 个人信息请求: persons who ask what is held of them, for a copy, or to be erased, each answered by its day. */
export function SubjectsPage() {
  const { t } = useI18n();
  const api = useApi();
  const [isOpening, setIsOpening] = useState(false);
  const list = usePaged(
    useCallback((asked) => api.listSubjects(asked), [api]),
    PAGE,
  );
  const refresh = t('list.refresh');
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('subjects.heading')}</h1>
        <p className={page.intro}>{t('subjects.intro')}</p>
      </div>
      <div className={page.bar}>
        <Button type="primary" icon={<PlusOutlined />} data-action="new-subject" onClick={() => setIsOpening(true)}>
          {t('subjects.open')}
        </Button>
        <Button icon={<ReloadOutlined />} aria-label={refresh} title={refresh} onClick={list.reload} />
      </div>
      {list.failure && <FailureAlert failure={list.failure} onRetry={list.reload} />}
      {list.items === null && !list.failure && <Skeleton active />}
      {list.items?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('subjects.none')} />}
      {list.items?.map((request) => (
        <SubjectCard key={request.id} request={request} onChanged={list.replace} />
      ))}
      {list.hasMore && (
        <Button loading={list.isLoading} onClick={() => void list.loadMore()}>
          {t('subjects.more')}
        </Button>
      )}
      {isOpening && (
        <SubjectDialog
          onClose={() => setIsOpening(false)}
          onOpened={() => {
            setIsOpening(false);
            list.reload();
          }}
        />
      )}
    </div>
  );
}

import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Input, Segmented } from 'antd';
import { useState, type SyntheticEvent } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { useDownload } from '../api/use-download';
import page from '../app/page.module.css';
import { todayInChina } from '../costs/period';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import styles from './audit-page.module.css';
import { emptyForm, questionOf, type AuditForm } from './audit-question';
import { AuditTable } from './audit-table';
import { EvidenceSection } from './evidence-section';
import { useAudit } from './use-audit';

const HINTED = { action: 'audit.actionHint', targetType: 'audit.targetTypeHint' } as const;

/** 审计: who did what, newest first, in a bounded window; nothing is asked before somebody says what. */
export function AuditTrailPage() {
  const { t, language } = useI18n();
  const { may } = useAccess();
  const api = useApi();
  const [form, setForm] = useState<AuditForm>(() => emptyForm(todayInChina(new Date())));
  const entries = useAudit();
  const file = useDownload();
  const question = questionOf(form);
  const query = 'query' in question ? question.query : null;

  const field = (name: keyof AuditForm, type: 'date' | 'text') => (
    <label key={name}>
      <span>{t(`audit.${name}`)}</span>
      <Input
        type={type}
        name={name}
        value={form[name]}
        placeholder={name === 'action' || name === 'targetType' ? t(HINTED[name]) : ''}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setForm({ ...form, [name]: target.value })}
      />
    </label>
  );
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (query && !entries.isLoading) void entries.ask(query);
  };
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('audit.heading')}</h1>
        <p className={page.intro}>{t('audit.intro')}</p>
      </div>
      <form className={styles.form} onSubmit={submit}>
        {(['from', 'to'] as const).map((name) => field(name, 'date'))}
        {(['action', 'actorId', 'targetType', 'targetId', 'requestId'] as const).map((name) => field(name, 'text'))}
        <div className={styles.result}>
          <span>{t('audit.result')}</span>
          <Segmented<AuditForm['result']>
            aria-label={t('audit.result')}
            value={form.result}
            onChange={(result) => setForm({ ...form, result })}
            options={(['', 'success', 'failure'] as const).map((value) => ({
              value,
              label: t(value === '' ? 'audit.result.any' : `audit.result.${value}`),
            }))}
          />
        </div>
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" disabled={query === null} loading={entries.isLoading} data-action="ask">
            {t('audit.ask')}
          </Button>
          {may('audit.export') &&
            (['csv', 'jsonl'] as const).map((format) => (
              <Button
                key={format}
                icon={<DownloadOutlined />}
                disabled={query === null}
                loading={file.isLoading}
                onClick={() => void file.save(() => api.exportAudit(new URLSearchParams({ ...query, format, language }).toString()))}
              >
                {t('audit.export', { format: format.toUpperCase() })}
              </Button>
            ))}
        </div>
      </form>
      {'fault' in question && <Alert type="warning" showIcon role="alert" title={t(`audit.${question.fault}`)} />}
      {entries.failure && <FailureAlert failure={entries.failure} />}
      {file.failure && <FailureAlert failure={file.failure} />}
      {may('evidence.export') && <EvidenceSection />}
      {entries.items?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.none')} />}
      {entries.items && entries.items.length > 0 && <AuditTable entries={entries.items} />}
      {entries.hasMore && (
        <Button loading={entries.isLoading} onClick={() => void entries.loadMore()}>
          {t('audit.more')}
        </Button>
      )}
    </div>
  );
}

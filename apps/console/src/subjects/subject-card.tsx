import { SUBJECT_REQUEST_KINDS, type SubjectRequestSummary } from '@app/contracts';
import { Alert, Button, Tag } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Answer } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { useDownload } from '../api/use-download';
import page from '../app/page.module.css';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { Facts } from '../ledger/facts';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import { useStep } from '../sign-in/use-step';
import { ReasonDialog } from './reason-dialog';
import { stepsOf } from './subject-steps';
import { useFollowed } from './use-followed';

interface Props {
  request: SubjectRequestSummary;
  onChanged: (request: SubjectRequestSummary) => void;
}

const COLOURS: Record<SubjectRequestSummary['state'], string> = {
  ...{ searching: 'processing', exporting: 'processing', erasing: 'processing' },
  ...{ found: 'warning', exported: 'success', done: 'success', failed: 'error', closed: 'default' },
};

/** One request: by when it is to be answered, what was found, and what comes next. The person's name is in no answer. */
export function SubjectCard({ request, onChanged }: Props) {
  const { t, say } = useI18n();
  const api = useApi();
  const step = useStep();
  const [asked, setAsked] = useState<'erase' | 'close' | null>(null);
  useFollowed(request, onChanged);
  const { id, kind, state, reference, isOverdue, dueOn } = request;
  const act = async (send: () => Promise<Answer<SubjectRequestSummary>>): Promise<void> => {
    const moved = await step.send(send);
    if (moved) onChanged(moved.value);
  };
  const acts = {
    search: () => void act(() => api.searchSubject(id)),
    export: () => void act(() => api.exportSubject(id)),
    erase: () => setAsked('erase'),
    close: () => setAsked('close'),
  };
  return (
    <article data-subject={reference} data-state={state}>
      <Section
        heading={`${say(SUBJECT_REQUEST_KINDS[kind])} · ${reference}`}
        aside={
          <span>
            {state !== 'closed' && (
              <Tag color={isOverdue ? 'error' : 'default'}>{t(isOverdue ? 'subjects.overdue' : 'subjects.due', { day: dueOn })}</Tag>
            )}
            <Tag color={COLOURS[state]}>{t(`subjects.state.${state}`)}</Tag>
          </span>
        }
      >
        <SubjectFacts request={request} />
        {state === 'failed' && <Alert type="error" showIcon title={t('subjects.failedNote')} />}
        {request.erasure !== null && (request.erasure.left ?? 0) > 0 && (
          <Alert type="warning" showIcon title={t('subjects.leftNote', { count: request.erasure.left ?? 0 })} />
        )}
        <Exports request={request} />
        {step.failure && <FailureAlert failure={step.failure} />}
        <div className={page.bar}>
          {stepsOf(request).map((name) => (
            <Button key={name} danger={name === 'erase'} data-action={`subject-${name}`} loading={step.isSending} onClick={acts[name]}>
              {t(`subjects.step.${name}`)}
            </Button>
          ))}
        </div>
        {asked && <ReasonDialog request={request} act={asked} onClose={() => setAsked(null)} onChanged={onChanged} />}
      </Section>
    </article>
  );
}

function SubjectFacts({ request }: { request: SubjectRequestSummary }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  const { by, purpose, openedBy, openedAt, found, erasure, closed } = request;
  return (
    <Facts
      facts={[
        { key: 'purpose', term: t('subjects.purpose'), value: purpose },
        { key: 'by', term: t('subjects.by'), value: t(`subjects.by.${by}`) },
        { key: 'opened', term: t('subjects.opened'), value: `${called(openedBy)}, ${instant(openedAt)}` },
        {
          key: 'found',
          term: t('subjects.found'),
          value:
            found &&
            `${t('subjects.foundCounts', { receipts: found.receiptCount, verifications: found.verificationCount })} (${instant(found.foundAt)})`,
        },
        {
          key: 'erasure',
          term: t('subjects.erasure'),
          value:
            erasure &&
            erasure.erased !== null &&
            t('subjects.erasureCounts', { erased: erasure.erased, held: erasure.held ?? 0, left: erasure.left ?? 0 }),
        },
        { key: 'closed', term: t('subjects.closed'), value: closed && `${called(closed.by)}, ${instant(closed.at)}: ${closed.reason}` },
      ]}
    />
  );
}

/** The parts of the copy, which can be fetched until they expire. */
function Exports({ request: { id, state, exports } }: { request: SubjectRequestSummary }) {
  const { t } = useI18n();
  const api = useApi();
  const download = useDownload();
  if (state !== 'exported') return null;
  if (exports.length === 0) return <p className={tables.hint}>{t('subjects.expired')}</p>;
  return (
    <>
      <p className={tables.hint}>{t('subjects.exportNote')}</p>
      <ul>
        {exports.map(({ number, byteSize, sha256 }) => (
          <li key={number}>
            <Button
              size="small"
              data-action="subject-download"
              loading={download.isLoading}
              onClick={() => void download.save(() => api.downloadSubject(id, number))}
            >
              {t('subjects.part', { number, count: exports.length, size: Math.ceil(byteSize / 1024) })}
            </Button>{' '}
            <code title={sha256}>SHA-256 {sha256.slice(0, 16)}…</code>
          </li>
        ))}
      </ul>
      {download.failure && <FailureAlert failure={download.failure} />}
    </>
  );
}

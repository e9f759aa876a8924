import type { SessionSummary } from '@app/contracts';
import { App, Button, Skeleton, Tag } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

const never = (): null => null;

/** Where one is signed in; each of the others can be ended. */
export function SessionsSection() {
  const { t } = useI18n();
  const { message } = App.useApp();
  const api = useApi();
  const step = useStep();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.listSessions(), [api]),
    never,
  );
  const end = async (id: string): Promise<void> => {
    if (await step.send(() => api.endSession(id))) message.success(t('account.ended'));
    reload();
  };
  return (
    <Section heading={t('account.sessions')}>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {step.failure && <FailureAlert failure={step.failure} />}
      {value === null && !failure && <Skeleton active />}
      {value && (
        <table className={tables.table}>
          <thead>
            <tr>
              <th scope="col">{t('account.address')}</th>
              <th scope="col">{t('account.opened')}</th>
              <th scope="col">{t('account.seen')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {value.items.map((session) => (
              <Row key={session.id} session={session} onEnd={() => void end(session.id)} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function Row({ session: { address, openedAt, seenAt, isCurrent }, onEnd }: { session: SessionSummary; onEnd: () => void }) {
  const { t, instant } = useI18n();
  return (
    <tr data-current={isCurrent}>
      <td className={tables.mono}>{address}</td>
      <td>{instant(openedAt)}</td>
      <td>{instant(seenAt)}</td>
      <td className={tables.acts}>
        {isCurrent ? (
          <Tag color="processing">{t('account.current')}</Tag>
        ) : (
          <Button size="small" onClick={onEnd}>
            {t('account.end')}
          </Button>
        )}
      </td>
    </tr>
  );
}

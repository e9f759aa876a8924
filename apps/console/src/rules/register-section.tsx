import { ProviderId, type ProviderEntryView } from '@app/contracts';
import { Alert, App, Button, Skeleton, Tag } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import { useAccess } from '../sign-in/access';
import { ClosingDialog } from './closing-dialog';
import { OpeningDialog } from './opening-dialog';
import { othersClosing } from './others-closing';

const never = (): null => null;

/** 渠道登记: with which providers the institution agreed what, and which it closed. */
export function RegisterSection() {
  const { t } = useI18n();
  const { may } = useAccess();
  const { message } = App.useApp();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readRegister(), [api]),
    never,
  );
  const [opened, setOpened] = useState<ProviderId | null>(null);
  const [closed, setClosed] = useState<ProviderId | null>(null);
  const entryOf = (provider: ProviderId): ProviderEntryView | null => value?.items.find((entry) => entry.provider === provider) ?? null;
  const mayManage = may('policy.manage');
  return (
    <Section heading={t('register.heading')}>
      <p className={tables.hint}>{t('register.intro')}</p>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active title={false} />}
      {value?.items.length === 0 && <Alert type="info" showIcon title={t('register.none')} data-register="none" />}
      {value && (
        <div className={tables.scroll}>
          <table className={tables.table}>
            <thead>
              <tr>
                {(['provider', 'state', 'purpose', 'contract', 'agreement', 'set'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`register.${name}`)}
                  </th>
                ))}
                {mayManage && <td />}
              </tr>
            </thead>
            <tbody>
              {ProviderId.options.map((provider) => (
                <tr key={provider} data-entry={provider} data-state={entryOf(provider)?.state ?? 'none'}>
                  <th scope="row">{t(`provider.${provider}`)}</th>
                  <Entry entry={entryOf(provider)} isKept={value.items.length > 0} />
                  {mayManage && (
                    <td className={tables.acts}>
                      <Button size="small" data-action="open-provider" onClick={() => setOpened(provider)}>
                        {t(entryOf(provider)?.state === 'open' ? 'register.amend' : 'register.open')}
                      </Button>{' '}
                      <Button
                        size="small"
                        danger
                        data-action="close-provider"
                        disabled={entryOf(provider)?.state === 'closed'}
                        onClick={() => setClosed(provider)}
                      >
                        {t('register.close')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {value && value.history.length > 0 && <History entries={value.history} />}
      {value && opened && (
        <OpeningDialog
          provider={opened}
          entry={entryOf(opened)}
          others={othersClosing(value, opened)}
          onClose={() => setOpened(null)}
          onOutdated={() => {
            setOpened(null);
            reload();
          }}
        />
      )}
      {value && closed && (
        <ClosingDialog
          provider={closed}
          others={othersClosing(value, closed)}
          onClose={() => setClosed(null)}
          onClosed={() => {
            setClosed(null);
            message.success(t('register.closedNow'));
            reload();
          }}
        />
      )}
    </Section>
  );
}

/** `isKept`: the institution keeps a register, so that a provider without an entry is closed. */
function Entry({ entry, isKept }: { entry: ProviderEntryView | null; isKept: boolean }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  if (entry === null) {
    return (
      <>
        <td>
          <Tag>{t(isKept ? 'register.state.unlisted' : 'register.state.free')}</Tag>
        </td>
        <td>—</td>
        <td>—</td>
        <td>—</td>
        <td>—</td>
      </>
    );
  }
  const { state, terms, setBy, setAt, version } = entry;
  return (
    <>
      <td>
        <Tag color={state === 'open' ? 'success' : 'error'}>{t(`register.state.${state}`)}</Tag>
      </td>
      <td>{terms?.purpose ?? '—'}</td>
      <td>{terms?.contractReference ?? '—'}</td>
      <td>{terms?.agreementReference ?? '—'}</td>
      <td>{t('register.setBy', { version, name: called(setBy), time: instant(setAt) })}</td>
    </>
  );
}

function History({ entries }: { entries: readonly ProviderEntryView[] }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  return (
    <details>
      <summary>{t('register.history', { count: entries.length })}</summary>
      <ul className={tables.hint}>
        {entries.map(({ provider, version, state, reason, setBy, setAt }) => (
          <li key={`${provider} ${version}`}>
            {t(`provider.${provider}`)} · {t(`register.state.${state}`)} ·{' '}
            {t('register.setBy', { version, name: called(setBy), time: instant(setAt) })} · {t('approvals.reasonGiven', { reason })}
          </li>
        ))}
      </ul>
    </details>
  );
}

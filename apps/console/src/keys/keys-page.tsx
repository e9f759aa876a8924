import { PlusOutlined } from '@ant-design/icons';
import type { ApiKeySecretView, ApiKeyView } from '@app/contracts';
import { App, Button, Empty, Popconfirm, Skeleton, Tag } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import page from '../app/page.module.css';
import { SecretDialog } from '../app/secret-dialog';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import { KeyDialog } from './key-dialog';
import { RotateDialog } from './rotate-dialog';

const never = (): null => null;
const COLOURS: Record<ApiKeyView['state'], string> = { valid: 'success', expired: 'warning', revoked: 'default' };

/** API 密钥: which systems of the bank may call, and as what. */
export function KeysPage() {
  const { t } = useI18n();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.listKeys(), [api]),
    never,
  );
  const [isCreating, setIsCreating] = useState(false);
  const [rotated, setRotated] = useState<ApiKeyView | null>(null);
  const [made, setMade] = useState<ApiKeySecretView | null>(null);
  const show = (key: ApiKeySecretView): void => {
    setIsCreating(false);
    setRotated(null);
    setMade(key);
    reload();
  };
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('keys.heading')}</h1>
        <p className={page.intro}>{t('keys.intro')}</p>
      </div>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active />}
      {value && (
        <Section
          heading={t('keys.heading')}
          aside={
            <Button type="primary" icon={<PlusOutlined />} data-action="new-key" onClick={() => setIsCreating(true)}>
              {t('keys.create')}
            </Button>
          }
        >
          {value.items.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('keys.none')} />
          ) : (
            <KeyTable keys={value.items} onChanged={reload} onRotate={setRotated} />
          )}
        </Section>
      )}
      {isCreating && <KeyDialog onClose={() => setIsCreating(false)} onMade={show} />}
      {rotated && <RotateDialog apiKey={rotated} onClose={() => setRotated(null)} onRotated={show} />}
      {made && (
        <SecretDialog
          title={made.name}
          label={t('secret.key')}
          note={t('secret.keyNote')}
          secret={made.secret}
          onClose={() => setMade(null)}
        />
      )}
    </div>
  );
}

interface TableProps {
  keys: readonly ApiKeyView[];
  onChanged: () => void;
  onRotate: (key: ApiKeyView) => void;
}

function KeyTable({ keys, onChanged, onRotate }: TableProps) {
  const { t } = useI18n();
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <thead>
          <tr>
            {(['name', 'ends', 'scopes', 'networks', 'expires', 'lastUsed'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`keys.${name}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} onChanged={onChanged} onRotate={() => onRotate(key)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyRow({ apiKey, onChanged, onRotate }: { apiKey: ApiKeyView; onChanged: () => void; onRotate: () => void }) {
  const { t, shortInstant, instant } = useI18n();
  const { message } = App.useApp();
  const api = useApi();
  const step = useStep();
  const { id, name, prefix, lastFour, scopes, allowedNetworks, expiresAt, lastUsedAt, state, signing, previous } = apiKey;
  const revoke = async (): Promise<void> => {
    if (!(await step.send(() => api.revokeKey(id)))) return;
    message.success(t('keys.revoked', { name }));
    onChanged();
  };
  return (
    <>
      <tr data-key={name}>
        <th scope="row">
          {name} <Tag color={COLOURS[state]}>{t(`keys.state.${state}`)}</Tag>
          {signing === 'required' && <Tag>{t('keys.signed')}</Tag>}
        </th>
        <td className={tables.mono}>
          {prefix}…{lastFour}
          {previous && <div>{t('keys.previous', { ends: previous.lastFour, time: shortInstant(previous.validUntil) })}</div>}
        </td>
        <td title={scopes.join('\n')}>{t('keys.scopeCount', { count: scopes.length })}</td>
        <td className={tables.mono}>{allowedNetworks.length === 0 ? t('keys.anywhere') : allowedNetworks.join(', ')}</td>
        <td>{expiresAt === null ? t('keys.noEnd') : instant(expiresAt)}</td>
        <td>{lastUsedAt === null ? '—' : shortInstant(lastUsedAt)}</td>
        <td className={tables.acts}>
          {state === 'valid' && (
            <>
              <Button size="small" onClick={onRotate}>
                {t('keys.rotate')}
              </Button>{' '}
              <Popconfirm
                title={t('keys.revokeConfirm')}
                okText={t('keys.revoke')}
                cancelText={t('people.cancel')}
                okButtonProps={{ danger: true }}
                onConfirm={() => void revoke()}
              >
                <Button size="small" danger loading={step.isSending}>
                  {t('keys.revoke')}
                </Button>
              </Popconfirm>
            </>
          )}
        </td>
      </tr>
      {step.failure && (
        <tr>
          <td colSpan={7}>
            <FailureAlert failure={step.failure} />
          </td>
        </tr>
      )}
    </>
  );
}

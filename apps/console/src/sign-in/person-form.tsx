import type { SessionView, SignInBody } from '@app/contracts';
import { Alert, Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { createClient } from '../api/client';
import { FailureAlert } from '../api/failure-alert';
import type { Failure } from '../api/failure';
import { SessionProof } from '../api/session-proof';
import { useI18n } from '../i18n/i18n-context';
import { expectSession } from './session';
import styles from './sign-in-page.module.css';
import { useSignInSources } from './use-sign-in-sources';

/** Asks for login and password. The institution is asked for only where somebody says so: most installations have one. */
export function PersonForm({ onSession }: { onSession: (view: SessionView) => void }) {
  const { t } = useI18n();
  const [isTrying, setIsTrying] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [hasTenant, setHasTenant] = useState(false);
  const [directory, setDirectory] = useState('');
  const { directories, providers } = useSignInSources();
  const [form] = Form.useForm<SignInBody>();
  const required = [{ required: true, message: t('signIn.required') }];

  const open = async ({ tenant, login, password }: SignInBody): Promise<void> => {
    setIsTrying(true);
    setFailure(null);
    const client = createClient(new SessionProof(), () => undefined);
    const named = tenant?.trim() ? { tenant: tenant.trim() } : {};
    const body = { login: login.trim(), password };
    const answer = directory === '' ? await client.openSession({ ...named, ...body }) : await client.openWithDirectory(directory, body);
    setIsTrying(false);
    if (answer.ok) {
      onSession(answer.value);
      return;
    }
    setFailure(answer.failure);
    form.resetFields(['password']);
    form.focusField('password');
  };

  return (
    <Form<SignInBody> form={form} name="person" layout="vertical" requiredMark={false} onFinish={(body) => void open(body)}>
      {directories.length > 0 && (
        <Form.Item label={t('signIn.source')}>
          <Segmented<string>
            value={directory}
            onChange={setDirectory}
            options={[{ value: '', label: t('signIn.here') }, ...directories.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </Form.Item>
      )}
      {hasTenant && directory === '' && (
        <Form.Item name="tenant" label={t('signIn.tenant')} extra={t('signIn.tenantHint')}>
          <Input size="large" autoComplete="organization" maxLength={200} />
        </Form.Item>
      )}
      <Form.Item name="login" label={t('signIn.login')} rules={required}>
        <Input size="large" autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={200} />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={required}>
        <Input.Password size="large" autoComplete="current-password" maxLength={512} />
      </Form.Item>
      {failure && <PersonFailure failure={failure} />}
      <Button type="primary" htmlType="submit" size="large" block loading={isTrying}>
        {t('signIn.submit')}
      </Button>
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          block
          size="large"
          className={styles.provider}
          href={`/v1/sign-in/oidc/${encodeURIComponent(id)}?return=${encodeURIComponent(`/${window.location.hash}`)}`}
          onClick={expectSession}
        >
          {t('signIn.with', { name })}
        </Button>
      ))}
      {!hasTenant && directory === '' && (
        <Button type="link" size="small" className={styles.aside} onClick={() => setHasTenant(true)}>
          {t('signIn.tenantShow')}
        </Button>
      )}
      <p className={styles.note}>{t('signIn.cookieNote')}</p>
    </Form>
  );
}

function PersonFailure({ failure }: { failure: Failure }) {
  const { t } = useI18n();
  if (failure.kind !== 'problem' || failure.problem.code !== 'sign-in-refused')
    return <FailureAlert failure={failure} className={styles.alert} />;
  return <Alert type="error" showIcon role="alert" title={t('signIn.refused')} className={styles.alert} />;
}

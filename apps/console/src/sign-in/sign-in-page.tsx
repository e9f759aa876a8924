import { LockOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { createClient } from '../api/client';
import { isUnauthenticated, type Failure } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { Brand } from '../app/brand';
import { PreferenceSwitches } from '../app/preference-switches';
import { useI18n } from '../i18n/i18n-context';
import styles from './sign-in-page.module.css';

interface Props {
  hasEnded: boolean;
  onSignedIn: (key: string) => void;
}

/** Asks for an API key and tries it before letting anybody in. */
export function SignInPage({ hasEnded, onSignedIn }: Props) {
  const { t } = useI18n();
  const [isTrying, setIsTrying] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const tryKey = async (key: string): Promise<void> => {
    setIsTrying(true);
    setFailure(null);
    const answer = await createClient(key, () => undefined).listReceipts({ limit: 1 });
    setIsTrying(false);
    if (answer.ok) onSignedIn(key);
    else setFailure(answer.failure);
  };

  return (
    <div className={styles.page}>
      <div className={styles.switches}>
        <PreferenceSwitches />
      </div>
      <main className={styles.card}>
        <Brand size="large" />
        <Form<{ key: string }> layout="vertical" requiredMark={false} onFinish={({ key }) => void tryKey(key.trim())}>
          <Form.Item
            name="key"
            label={t('signIn.key')}
            extra={t('signIn.keyHint')}
            rules={[{ required: true, whitespace: true, message: t('signIn.keyMissing') }]}
          >
            <Input.Password size="large" autoFocus autoComplete="off" spellCheck={false} className={styles.key} />
          </Form.Item>
          <SignInFailure failure={failure} hasEnded={hasEnded} />
          <Button type="primary" htmlType="submit" size="large" block loading={isTrying}>
            {t('signIn.submit')}
          </Button>
        </Form>
        <p className={styles.note}>
          <LockOutlined aria-hidden /> {t('signIn.promise')}
          <br />
          {t('signIn.sessionNote')}
        </p>
      </main>
    </div>
  );
}

function SignInFailure({ failure, hasEnded }: { failure: Failure | null; hasEnded: boolean }) {
  const { t } = useI18n();
  const alert = (type: 'error' | 'warning', text: string) => <Alert type={type} showIcon title={text} className={styles.alert} />;
  if (!failure) return hasEnded ? alert('warning', t('signIn.ended')) : null;
  if (isUnauthenticated(failure)) return alert('error', t('signIn.wrongKey'));
  if (failure.kind === 'problem' && failure.problem.status === 403) return alert('error', t('signIn.noReceiptScope'));
  return <FailureAlert failure={failure} className={styles.alert} />;
}

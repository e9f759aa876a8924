import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { createClient } from '../api/client';
import { isUnauthenticated, type Failure } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { keyProof } from '../api/proof';
import { useI18n } from '../i18n/i18n-context';
import styles from './sign-in-page.module.css';

/** Asks for an API key and tries it before letting anybody in. */
export function KeyForm({ onKey }: { onKey: (key: string) => void }) {
  const { t } = useI18n();
  const [isTrying, setIsTrying] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const tryKey = async (key: string): Promise<void> => {
    setIsTrying(true);
    setFailure(null);
    const answer = await createClient(keyProof(key), () => undefined).listReceipts({ limit: 1 });
    setIsTrying(false);
    if (answer.ok) onKey(key);
    else setFailure(answer.failure);
  };

  return (
    <Form<{ key: string }> layout="vertical" requiredMark={false} onFinish={({ key }) => void tryKey(key.trim())}>
      <Form.Item
        name="key"
        label={t('signIn.key')}
        extra={t('signIn.keyHint')}
        rules={[{ required: true, whitespace: true, message: t('signIn.keyMissing') }]}
      >
        <Input.Password size="large" autoFocus autoComplete="off" spellCheck={false} className={styles.key} />
      </Form.Item>
      {failure && <KeyFailure failure={failure} />}
      <Button type="primary" htmlType="submit" size="large" block loading={isTrying}>
        {t('signIn.submit')}
      </Button>
      <p className={styles.note}>{t('signIn.sessionNote')}</p>
    </Form>
  );
}

function KeyFailure({ failure }: { failure: Failure }) {
  const { t } = useI18n();
  const alert = (text: string) => <Alert type="error" showIcon role="alert" title={text} className={styles.alert} />;
  if (isUnauthenticated(failure)) return alert(t('signIn.wrongKey'));
  if (failure.kind === 'problem' && failure.problem.status === 403) return alert(t('signIn.noReceiptScope'));
  return <FailureAlert failure={failure} className={styles.alert} />;
}

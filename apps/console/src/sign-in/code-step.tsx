import type { CodeBody, SessionView } from '@app/contracts';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import styles from './sign-in-page.module.css';
import { useStep } from './use-step';

/** The password was right; asks for the code of the second factor, or a recovery code in its place. */
export function CodeStep({ onSession }: { onSession: (view: SessionView) => void }) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const [isRecovery, setIsRecovery] = useState(false);
  const [form] = Form.useForm<CodeBody>();

  const prove = async ({ code }: CodeBody): Promise<void> => {
    const proven = await step.send(() => api.proveSecondFactor({ code: code.trim() }));
    if (proven) {
      onSession(proven.value);
      return;
    }
    form.resetFields();
    form.focusField('code');
  };
  return (
    <Form<CodeBody> form={form} name="factor" layout="vertical" requiredMark={false} onFinish={(body) => void prove(body)}>
      <h2 className={styles.heading}>{t('code.heading')}</h2>
      <p className={styles.intro}>{t(isRecovery ? 'code.recoveryIntro' : 'code.intro')}</p>
      <Form.Item
        name="code"
        label={t(isRecovery ? 'code.recovery' : 'code.label')}
        rules={[{ required: true, message: t('signIn.required') }]}
      >
        <Input
          key={String(isRecovery)}
          size="large"
          autoFocus
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          maxLength={32}
          className={styles.code}
        />
      </Form.Item>
      {step.failure && <FailureAlert failure={step.failure} className={styles.alert} />}
      <Button type="primary" htmlType="submit" size="large" block loading={step.isSending}>
        {t('code.submit')}
      </Button>
      <Button type="link" size="small" className={styles.aside} onClick={() => setIsRecovery(!isRecovery)}>
        {t(isRecovery ? 'code.useApp' : 'code.useRecovery')}
      </Button>
    </Form>
  );
}

import { Button, Form, Input } from 'antd';
import type { SessionView } from '@app/contracts';
import { useApi } from '../api/api-context';
import { useI18n } from '../i18n/i18n-context';
import { PasswordFailure } from './password-failure';
import styles from './sign-in-page.module.css';
import { useStep } from './use-step';

interface Fields {
  current: string;
  next: string;
  again: string;
}

/** Changes one's own password. */
export function PasswordForm({ onChanged }: { onChanged: (view: SessionView) => void }) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const [form] = Form.useForm<Fields>();
  const required = { required: true, message: t('signIn.required') };

  const change = async ({ current, next }: Fields): Promise<void> => {
    const changed = await step.send(() => api.changePassword({ current, next }));
    if (!changed) return;
    form.resetFields();
    onChanged(changed.value);
  };
  return (
    <Form<Fields> form={form} name="change" layout="vertical" requiredMark={false} onFinish={(fields) => void change(fields)}>
      <Form.Item name="current" label={t('password.current')} rules={[required]}>
        <Input.Password autoComplete="current-password" maxLength={512} />
      </Form.Item>
      <Form.Item name="next" label={t('password.next')} extra={t('password.rules')} rules={[required]}>
        <Input.Password autoComplete="new-password" maxLength={512} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['next']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              value === undefined || value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('password.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={512} />
      </Form.Item>
      {step.failure && <PasswordFailure failure={step.failure} />}
      <Button type="primary" htmlType="submit" loading={step.isSending} className={styles.submit}>
        {t('password.submit')}
      </Button>
    </Form>
  );
}

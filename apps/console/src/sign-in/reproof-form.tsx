import type { ReproofBody } from '@app/contracts';
import { Button, Form, Input } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import styles from './sign-in-page.module.css';

interface Props {
  hasSecondFactor: boolean;
  isSending: boolean;
  submit: string;
  onProof: (proof: ReproofBody) => void;
}

/** Asks a person who is signed in to prove again who they are. */
export function ReproofForm({ hasSecondFactor, isSending, submit, onProof }: Props) {
  const { t } = useI18n();
  const rules = [{ required: true, message: t('signIn.required') }];
  return (
    <Form<{ password: string; code?: string }>
      name="reproof"
      layout="vertical"
      requiredMark={false}
      onFinish={({ password, code }) => onProof({ password, ...(code !== undefined && { code: code.trim() }) })}
    >
      <Form.Item name="password" label={t('password.current')} rules={rules}>
        <Input.Password autoFocus autoComplete="current-password" maxLength={512} />
      </Form.Item>
      {hasSecondFactor && (
        <Form.Item name="code" label={t('code.label')} rules={rules}>
          <Input autoComplete="one-time-code" maxLength={32} className={styles.code} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={isSending}>
        {submit}
      </Button>
    </Form>
  );
}

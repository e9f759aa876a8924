import type { CodeBody, TotpEnrolment as Enrolment } from '@app/contracts';
import { Button, Form, Input, QRCode } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { FailureAlert } from '../api/failure-alert';
import styles from './totp-enrolment.module.css';
import type { Step } from './use-step';

interface Props {
  enrolment: Enrolment;
  step: Step;
  onCode: (code: string) => void;
}

/** Shows a new secret as a picture and as text, and asks for a code of it. The picture is drawn in the page: nobody else learns the secret. */
export function TotpEnrolment({ enrolment: { uri, secret }, step, onCode }: Props) {
  const { t } = useI18n();
  return (
    <Form<CodeBody> name="totp" layout="vertical" requiredMark={false} onFinish={({ code }) => onCode(code.trim())}>
      <p className={styles.intro}>{t('totp.scan')}</p>
      <div className={styles.offer}>
        <div role="img" aria-label={t('totp.qr')} className={styles.picture}>
          <QRCode type="svg" value={uri} size={168} color="#000000" bgColor="#ffffff" bordered={false} errorLevel="M" />
        </div>
        <dl className={styles.texts}>
          <dt>{t('totp.secret')}</dt>
          <dd data-totp="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</dd>
          <dt>{t('totp.address')}</dt>
          <dd className={styles.address}>{uri}</dd>
        </dl>
      </div>
      <Form.Item name="code" label={t('totp.enter')} rules={[{ required: true, message: t('signIn.required') }]}>
        <Input size="large" autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={6} className={styles.code} />
      </Form.Item>
      {step.failure && <FailureAlert failure={step.failure} className={styles.alert} />}
      <Button type="primary" htmlType="submit" loading={step.isSending}>
        {t('totp.confirm')}
      </Button>
    </Form>
  );
}

import { Alert, Button, Modal } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { CopyButton } from './copy-button';
import styles from './secret-dialog.module.css';

interface Props {
  title: string;
  label: string;
  note: string;
  secret: string;
  onClose: () => void;
}

/** Something that is shown this once: closing is the one way on, and takes a deliberate click. */
export function SecretDialog({ title, label, note, secret, onClose }: Props) {
  const { t } = useI18n();
  return (
    <Modal
      open
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" data-action="secret-kept" onClick={onClose}>
          {t('secret.close')}
        </Button>
      }
    >
      <div className={styles.secret}>
        <Alert type="warning" showIcon title={note} />
        <div>
          <span>{label}</span>
          <code data-secret>{secret}</code>
          <CopyButton text={secret} />
        </div>
      </div>
    </Modal>
  );
}

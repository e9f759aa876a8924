import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button, Modal } from 'antd';
import { useI18n } from '../i18n/i18n-context';
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
  const { message } = App.useApp();
  // Browsers offer the clipboard on https and on this very machine only.
  const clipboard = (navigator as Partial<Navigator>).clipboard;
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
          {clipboard && (
            <Button
              size="small"
              icon={<CopyOutlined />}
              onClick={() => void clipboard.writeText(secret).then(() => message.success(t('secret.copied')))}
            >
              {t('secret.copy')}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useI18n } from '../i18n/i18n-context';

/** Copies a text. Browsers offer the clipboard on https and on this very machine only: elsewhere there is no button. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useI18n();
  const { message } = App.useApp();
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  if (!clipboard) return null;
  return (
    <Button
      size="small"
      icon={<CopyOutlined />}
      onClick={() => void clipboard.writeText(text).then(() => message.success(t('secret.copied')))}
    >
      {t('secret.copy')}
    </Button>
  );
}

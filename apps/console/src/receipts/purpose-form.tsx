import { Purpose } from '@app/contracts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context';
import styles from './purpose-form.module.css';

/** Asks what the image is looked at for; the words go into the audit. */
export function PurposeForm({ onPurpose }: { onPurpose: (purpose: string) => void }) {
  const { t } = useI18n();
  const [words, setWords] = useState('');
  const purpose = Purpose.safeParse(words);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (purpose.success) onPurpose(purpose.data);
      }}
    >
      <label className={styles.label} htmlFor="image-purpose">
        {t('image.purpose')}
      </label>
      <Input id="image-purpose" value={words} maxLength={200} autoComplete="off" onChange={({ target }) => setWords(target.value)} />
      <Button type="primary" htmlType="submit" disabled={!purpose.success}>
        {t('image.look')}
      </Button>
      <p className={styles.hint}>{t('image.purposeHint')}</p>
    </form>
  );
}

import { Input } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import styles from './reference-input.module.css';

const LONGEST = 100;

/** Takes the number of the consent that goes with what is sent next. It is never filled in by itself: it is another person's next time. */
export function ReferenceInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useI18n();
  return (
    <Input
      name="consent-reference"
      className={styles.input}
      aria-label={t('consent.reference')}
      placeholder={t('consent.reference')}
      value={value}
      maxLength={LONGEST}
      autoComplete="off"
      allowClear
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import styles from './page-turner.module.css';

/** Which page of a receipt is shown, of how many. */
export interface PageChoice {
  readonly number: number;
  readonly count: number;
  readonly turnTo: (number: number) => void;
}

/** Turns the pages of a receipt; nothing where there is only one. */
export function PageTurner({ number, count, turnTo }: PageChoice) {
  const { t } = useI18n();
  if (count < 2) return null;
  const previous = t('image.previousPage');
  const next = t('image.nextPage');
  return (
    <span className={styles.turner} role="group" aria-label={t('image.pages')}>
      <Button
        type="text"
        size="small"
        icon={<LeftOutlined />}
        aria-label={previous}
        title={previous}
        disabled={number <= 1}
        onClick={() => turnTo(number - 1)}
      />
      <span className={styles.number} aria-live="polite">
        {t('image.pageOf', { number, count })}
      </span>
      <Button
        type="text"
        size="small"
        icon={<RightOutlined />}
        aria-label={next}
        title={next}
        disabled={number >= count}
        onClick={() => turnTo(number + 1)}
      />
    </span>
  );
}

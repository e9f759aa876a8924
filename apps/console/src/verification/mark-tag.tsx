import { Tag } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import type { ElementMark, Mark } from '../receipts/element-marks';

const COLOURS: Record<Mark, string> = {
  certain: 'default',
  doubtful: 'warning',
  missing: 'warning',
  invalid: 'error',
  confirmed: 'processing',
  edited: 'processing',
};

/** How an element stands. In a form without a reading an untouched or rightly typed element needs no word. */
export function MarkTag({ mark: { mark, readValue, reading } }: { mark: ElementMark }) {
  const { t } = useI18n();
  const isTyped = readValue === '' && !reading;
  if (isTyped && mark !== 'invalid') return null;
  return <Tag color={COLOURS[mark]}>{t(`mark.${mark}`)}</Tag>;
}

import { InfoCircleOutlined, WarningFilled } from '@ant-design/icons';
import type { VerificationView } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import { notesOf } from './view-notes';
import styles from './view-notes-list.module.css';

/** The sentences beside the light. */
export function ViewNotes({ view }: { view: VerificationView }) {
  const notes = notesOf(useI18n(), view);
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {notes.map(({ tone, text }) => (
        <li key={text} data-tone={tone}>
          {tone === 'warning' ? <WarningFilled aria-hidden /> : <InfoCircleOutlined aria-hidden />}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

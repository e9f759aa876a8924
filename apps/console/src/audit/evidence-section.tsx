import { Input } from 'antd';
import { useState } from 'react';
import { idIn } from '../app/id-in';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { EvidenceButton } from './evidence-button';
import styles from './audit-page.module.css';

/** Hands out the evidence of a bill that somebody names by its reference: an auditor sees no bill to begin from. */
export function EvidenceSection() {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const billId = idIn(text);
  return (
    <Section heading={t('audit.evidenceHeading')}>
      <form className={styles.evidence} onSubmit={(event) => event.preventDefault()}>
        <label>
          <span>{t('audit.billReference')}</span>
          <Input
            name="evidence-bill"
            value={text}
            placeholder={t('audit.billReferenceHint')}
            status={text.trim() !== '' && billId === null ? 'error' : ''}
            autoComplete="off"
            spellCheck={false}
            maxLength={300}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <EvidenceButton billId={billId} />
      </form>
    </Section>
  );
}

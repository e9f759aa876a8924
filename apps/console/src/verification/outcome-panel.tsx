import { Alert } from 'antd';
import type { VerificationView } from '@app/contracts';
import { useEffect, useRef } from 'react';
import { Section } from '../app/section';
import { BasesNote } from '../consent/bases-note';
import { useI18n } from '../i18n/i18n-context';
import { AttemptList } from './attempt-list';
import { EvidenceSection } from './evidence-section';
import styles from './outcome-panel.module.css';
import { ProviderFlags } from './provider-flags';
import { SettleByHand } from './settle-by-hand';
import { VerdictLight } from './verdict-light-card';
import { ViewNotes } from './view-notes-list';

interface Props {
  view: VerificationView;
  isStale: boolean;
  /** Loads the verification again, when more is known of it. */
  onReload: () => void;
}

/** What the verification ended in: the light first, then the charge and everything behind it. */
export function OutcomePanel({ view, isStale, onReload }: Props) {
  const { t, instant } = useI18n();
  const facts: [string, string | null][] = [
    [t('outcome.charge'), view.charge ? t(`charge.${view.charge}`) : t('charge.pending')],
    [t('outcome.provider'), t(`provider.${view.provider}`)],
    // A provider that was asked and has not answered is not the source of any conclusion.
    [t('outcome.origin'), view.origin === 'upstream' && view.state !== 'answered' ? null : t(`origin.${view.origin}`)],
    [t('outcome.outcome'), view.outcome && t(`outcomeCode.${view.outcome}`)],
    [t('outcome.finishedAt'), view.finishedAt && instant(view.finishedAt)],
  ];
  const panel = useRef<HTMLDivElement>(null);
  // Whoever pressed the button below sees what came of it, whichever part of the page scrolls.
  useEffect(() => {
    // Newer browsers return a promise, which is no clean-up.
    panel.current?.scrollIntoView({ block: 'start' });
  }, [view.id, view.state]);
  return (
    <div ref={panel} className={styles.panel} data-outcome={view.state}>
      {isStale && <Alert type="warning" showIcon title={t('outcome.stale')} />}
      <VerdictLight view={view} isStale={isStale} />
      {!isStale && <ViewNotes view={view} />}
      {!isStale && <EvidenceSection evidence={view.evidence} />}
      <Section heading={t('outcome.heading')} aside={<SettleByHand view={view} onReload={onReload} />}>
        <dl className={styles.facts}>
          {facts.map(([term, value]) =>
            value === null ? null : (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
        <BasesNote bases={view.bases} />
        {view.face && <ProviderFlags face={view.face} />}
        <AttemptList attempts={view.attempts} />
        <div className={styles.id}>
          {t('outcome.id')} <code>{view.id}</code>
        </div>
      </Section>
    </div>
  );
}

import type { ApprovalView } from '@app/contracts';
import { Tag } from 'antd';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import { useAccess } from '../sign-in/access';
import { ActEffect } from './act-effect';
import { actSubject } from './act-subject';
import styles from './approval-card.module.css';
import { ChangeTable } from './change-table';
import { deciding, DecisionForm } from './decision-form';
import { standingOf } from './deciding';
import { DryRunReport } from './dry-run-report';
import { Withdrawal } from './withdrawal';

interface Props {
  proposal: ApprovalView;
  onChanged: (proposal: ApprovalView) => void;
  /** It is no longer what was shown. */
  onOutdated: () => void;
}

const COLOURS: Record<ApprovalView['state'], string> = {
  open: 'processing',
  approved: 'success',
  rejected: 'error',
  withdrawn: 'default',
  expired: 'warning',
};

/** One proposal: what it would change, by whom and why, and what this person can do with it. */
export function ApprovalCard({ proposal, onChanged, onOutdated }: Props) {
  const { t, say, instant } = useI18n();
  const called = useCalled();
  const { person, may } = useAccess();
  const { state, proposedBy, proposedAt, expiresAt, reason, decision, target, payloadHash } = proposal;
  const standing = standingOf(proposal, person);
  const subject = actSubject(proposal);
  return (
    <article data-approval={proposal.id} data-kind={proposal.kind} data-state={state}>
      <Section heading={say(proposal.name)} aside={<Tag color={COLOURS[state]}>{t(`approvals.state.${state}`)}</Tag>}>
        <p className={styles.facts}>
          <span>{t('approvals.proposed', { name: called(proposedBy), time: instant(proposedAt) })}</span>
          {state === 'open' && <span>{t('approvals.expires', { time: instant(expiresAt) })}</span>}
          {target.type === 'bill' && may('ledger.read') ? (
            <a href={`#/ledger/${target.id}`}>{t('approvals.bill')}</a>
          ) : (
            // What sort of thing it is, the heading says in words.
            <span className={tables.mono} title={target.type}>
              {target.id}
            </span>
          )}
          {subject !== null && <strong>{subject}</strong>}
        </p>
        {reason !== null && <p className={styles.reason}>{t('approvals.reasonGiven', { reason })}</p>}
        {state === 'open' && <ActEffect proposal={proposal} />}
        <ChangeTable changes={proposal.changes} />
        {proposal.dryRun && <DryRunReport run={proposal.dryRun} />}
        <p className={styles.hash} title={payloadHash}>
          {t('approvals.hash')} <code>{payloadHash.slice(0, 16)}…</code>
        </p>
        {decision && (
          <p className={styles.facts}>
            <span>{t(`approvals.by.${deciding(state)}`, { name: called(decision.by), time: instant(decision.at) })}</span>
            {decision.reason !== null && <span>{t('approvals.reasonGiven', { reason: decision.reason })}</span>}
          </p>
        )}
        {standing === 'decide' && <DecisionForm proposal={proposal} onDecided={onChanged} onOutdated={onOutdated} />}
        {standing === 'withdraw' && <Withdrawal proposal={proposal} onWithdrawn={onChanged} onOutdated={onOutdated} />}
        {standing === 'look' && state === 'open' && <p className={styles.note}>{t('approvals.notYours')}</p>}
      </Section>
    </article>
  );
}

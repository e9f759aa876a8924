import { BillOriginRequest, ORIGINAL_KINDS, OriginalKind, type BillDetailView } from '@app/contracts';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { useStep } from '../sign-in/use-step';
import styles from './booking-panel.module.css';
import { Facts } from './facts';
import { LineField } from './line-field';

interface Props {
  bill: BillDetailView;
  onActed: (bill: BillDetailView) => void;
}

/** 原件与归档位置: whether the original is electronic or paper, and where it is kept, for whoever must show it. */
export function BillOrigin({ bill, onActed }: Props) {
  const { t, say } = useI18n();
  const { may } = useAccess();
  const [isChanging, setIsChanging] = useState(false);
  const { originalKind, archiveLocation } = bill;
  return (
    <Section
      heading={t('ledger.origin')}
      aside={
        may('ledger.book') &&
        !isChanging && (
          <Button size="small" data-action="change-origin" onClick={() => setIsChanging(true)}>
            {t('ledger.originChange')}
          </Button>
        )
      }
    >
      {isChanging ? (
        <OriginForm
          bill={bill}
          onClose={() => setIsChanging(false)}
          onActed={(acted) => {
            setIsChanging(false);
            onActed(acted);
          }}
        />
      ) : (
        <Facts
          facts={[
            {
              key: 'originalKind',
              term: t('ledger.originalKind'),
              value: originalKind === null ? t('ledger.originUnsaid') : say(ORIGINAL_KINDS[originalKind]),
            },
            { key: 'archiveLocation', term: t('ledger.archiveLocation'), value: archiveLocation ?? t('ledger.originUnsaid') },
          ]}
        />
      )}
    </Section>
  );
}

function OriginForm({ bill, onClose, onActed }: Props & { onClose: () => void }) {
  const { t, say } = useI18n();
  const { message } = App.useApp();
  const api = useApi();
  const step = useStep();
  const [kind, setKind] = useState<OriginalKind | ''>(bill.originalKind ?? '');
  const [location, setLocation] = useState(bill.archiveLocation ?? '');
  const origin = BillOriginRequest.safeParse({
    originalKind: kind === '' ? null : kind,
    archiveLocation: location.trim() === '' ? null : location,
  });
  const save = async (): Promise<void> => {
    if (!origin.success || step.isSending) return;
    const acted = await step.send(() => api.setOrigin(bill.id, origin.data));
    if (!acted) return;
    message.success(t('ledger.originSaved'));
    onActed(acted.value);
  };
  return (
    <form
      className={styles.form}
      data-form="origin"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Segmented<OriginalKind | ''>
        aria-label={t('ledger.originalKind')}
        value={kind}
        onChange={setKind}
        options={[
          { value: '', label: t('ledger.originUnsaid') },
          ...OriginalKind.options.map((value) => ({ value, label: say(ORIGINAL_KINDS[value]) })),
        ]}
      />
      <LineField label={t('ledger.archiveLocation')} name="archiveLocation" value={location} maxLength={100} onChange={setLocation} />
      <div className={styles.controls}>
        <Button onClick={onClose}>{t('ledger.cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!origin.success} loading={step.isSending}>
          {t('people.save')}
        </Button>
      </div>
      {step.failure && <FailureAlert failure={step.failure} />}
    </form>
  );
}

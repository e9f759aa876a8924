import { LegalHoldRelease, type LegalHoldView } from '@app/contracts';
import { App, Button, Empty, Input, Modal, Skeleton, Tag } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePaged } from '../api/use-paged';
import page from '../app/page.module.css';
import { StepForm } from '../app/step-form';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import { useAccess } from '../sign-in/access';
import { useStep } from '../sign-in/use-step';
import { HoldDialog } from './hold-dialog';

const PAGE = 20;

/** 法律保留: what is kept whatever its period says, and why. */
export function HoldsSection() {
  const { t } = useI18n();
  const { may } = useAccess();
  const api = useApi();
  const list = usePaged(
    useCallback((asked) => api.listHolds(asked), [api]),
    PAGE,
  );
  const [isPlacing, setIsPlacing] = useState(false);
  const [released, setReleased] = useState<LegalHoldView | null>(null);
  return (
    <Section
      heading={t('holds.heading')}
      aside={
        may('retention.manage') && (
          <Button data-action="new-hold" onClick={() => setIsPlacing(true)}>
            {t('holds.place')}
          </Button>
        )
      }
    >
      <p className={tables.hint}>{t('holds.intro')}</p>
      {list.failure && <FailureAlert failure={list.failure} onRetry={list.reload} />}
      {list.items === null && !list.failure && <Skeleton active title={false} />}
      {list.items?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('holds.none')} />}
      {list.items && list.items.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table}>
            <thead>
              <tr>
                {(['target', 'reason', 'placed', 'state'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`holds.${name}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {list.items.map((hold) => (
                <HoldRow key={hold.id} hold={hold} onRelease={may('retention.manage') ? () => setReleased(hold) : null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasMore && (
        <Button loading={list.isLoading} onClick={() => void list.loadMore()}>
          {t('holds.more')}
        </Button>
      )}
      {isPlacing && (
        <HoldDialog
          onClose={() => setIsPlacing(false)}
          onPlaced={() => {
            setIsPlacing(false);
            list.reload();
          }}
        />
      )}
      {released && (
        <ReleaseDialog
          hold={released}
          onClose={() => setReleased(null)}
          onReleased={(hold) => {
            setReleased(null);
            list.replace(hold);
          }}
        />
      )}
    </Section>
  );
}

function HoldRow({ hold, onRelease }: { hold: LegalHoldView; onRelease: (() => void) | null }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  const { targetType, targetId, reason, placedBy, placedAt, released } = hold;
  return (
    <tr data-hold={targetId} data-released={released !== null}>
      <th scope="row">
        {t(`holds.of.${targetType}`)}
        <div className={tables.mono}>{targetId}</div>
      </th>
      <td>{reason}</td>
      <td>
        {called(placedBy)}
        <div>{instant(placedAt)}</div>
      </td>
      <td>
        <Tag color={released ? 'default' : 'processing'}>{t(released ? 'holds.released' : 'holds.standing')}</Tag>
        {released && (
          <div>
            {called(released.by)}, {instant(released.at)}: {released.reason}
          </div>
        )}
      </td>
      <td className={tables.acts}>
        {onRelease && released === null && (
          <Button size="small" data-action="release" onClick={onRelease}>
            {t('holds.release')}
          </Button>
        )}
      </td>
    </tr>
  );
}

interface ReleaseProps {
  hold: LegalHoldView;
  onClose: () => void;
  onReleased: (hold: LegalHoldView) => void;
}

/** Ends a hold, with why: what it kept is erased from then on when its period is over. */
function ReleaseDialog({ hold, onClose, onReleased }: ReleaseProps) {
  const { t } = useI18n();
  const { message } = App.useApp();
  const api = useApi();
  const step = useStep();
  const [reason, setReason] = useState('');
  const release = LegalHoldRelease.safeParse({ reason });
  const send = async (): Promise<void> => {
    if (!release.success || step.isSending) return;
    const released = await step.send(() => api.releaseHold(hold.id, release.data.reason));
    if (!released) return;
    message.success(t('holds.releasedNow'));
    onReleased(released.value);
  };
  return (
    <Modal
      open
      title={t('holds.release')}
      okText={t('holds.release')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !release.success, danger: true }}
      confirmLoading={step.isSending}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <p className={page.intro}>{t('holds.releaseNote')}</p>
        <label>
          <span>{t('holds.reasonRequired')}</span>
          <Input
            name="release-reason"
            autoFocus
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={({ target }) => setReason(target.value)}
            onPressEnter={() => void send()}
          />
        </label>
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}

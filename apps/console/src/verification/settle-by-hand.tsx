import type { AttemptView, VerificationView } from '@app/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { settleableAttempts } from './settleable-attempts';
import { SettlementDialog } from './settlement-dialog';

/** Lets a person say what a call cost whose answer was lost; shows nothing where there is nothing to settle. */
export function SettleByHand({ view, onReload }: { view: VerificationView; onReload: () => void }) {
  const { t } = useI18n();
  const { may } = useAccess();
  const [isOpen, setIsOpen] = useState(false);
  const attempts: readonly AttemptView[] = settleableAttempts(view);
  if (attempts.length === 0 || !may('charge.settle')) return null;
  const close = (): void => setIsOpen(false);
  return (
    <>
      <Button data-action="settle" onClick={() => setIsOpen(true)}>
        {t('settle.action')}
      </Button>
      {isOpen && (
        <SettlementDialog
          verificationId={view.id}
          attempts={attempts}
          onClose={close}
          onReload={() => {
            close();
            onReload();
          }}
        />
      )}
    </>
  );
}

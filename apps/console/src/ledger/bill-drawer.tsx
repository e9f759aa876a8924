import type { BillView } from '@app/contracts';
import { Drawer } from 'antd';
import { useState } from 'react';
import { goTo } from '../app/use-route';
import { useI18n } from '../i18n/i18n-context';
import { BillPane } from './bill-pane';
import styles from './bill-drawer.module.css';

interface Props {
  billId: string | null;
  onChanged: (bill: BillView) => void;
}

/** One bill beside the list; the address says which, so that it can be reloaded and gone back to. */
export function BillDrawer({ billId, onChanged }: Props) {
  const { t } = useI18n();
  const [number, setNumber] = useState<{ id: string; text: string } | null>(null);
  const title = number !== null && number.id === billId ? t('ledger.bill', { number: number.text }) : t('nav.ledger');
  return (
    <Drawer
      open={billId !== null}
      onClose={() => goTo({ page: 'ledger', billId: null })}
      title={title}
      size="min(760px, 100vw)"
      classNames={{ body: styles.body ?? '' }}
      destroyOnHidden
    >
      {billId !== null && (
        <BillPane
          key={billId}
          billId={billId}
          onChanged={(bill) => {
            setNumber({ id: bill.id, text: bill.elements.billNumber ?? t('ledger.unknownValue') });
            onChanged(bill);
          }}
        />
      )}
    </Drawer>
  );
}

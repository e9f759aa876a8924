import type { ReceiptView } from '@app/contracts';
import { Result, Spin } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { BillWorkbench } from './bill-workbench';
import { pageCountOf } from './image-source';
import type { PageChoice } from './page-turner';
import { OriginalFaultAlert } from './original-fault-alert';
import { PageViewer } from './page-viewer';
import styles from './receipt-pane.module.css';
import { RefusalBanner } from './decision-banner';
import { usePageImage, type PageImage } from './use-page-image';

const READING_DELAY_MS = 800;
const nextDelayMs = ({ state }: ReceiptView): number | null => (state === 'queued' ? READING_DELAY_MS : null);

interface Props {
  receiptId: string;
  billNumber: number;
  verificationId: string | null;
  /** What the receipts that are looked at one after another are looked at for, once somebody said. */
  purpose: string | null;
  onPurpose: (purpose: string) => void;
}

/** One receipt: followed until it is read, then the workbench of its bill, or why there is none. */
export function ReceiptPane({ receiptId, billNumber, verificationId, purpose, onPurpose }: Props) {
  const { t } = useI18n();
  const api = useApi();
  const isReviewer = useAccess().may('receipt.review');
  const receipt = usePolled(
    // What is masked cannot be compared with the page, let alone corrected.
    useCallback(() => (isReviewer ? api.readReceiptForReview(receiptId) : api.readReceipt(receiptId)), [api, receiptId, isReviewer]),
    nextDelayMs,
  );
  const pages = usePageChoice(receipt.value, billNumber);
  const image = usePageImage(receipt.value, pages.number, { isReview: isReviewer, given: purpose, onGiven: onPurpose });

  if (!receipt.value) {
    return (
      <div className={styles.centred}>
        {receipt.failure ? (
          <FailureAlert failure={receipt.failure} onRetry={receipt.reload} />
        ) : (
          <Spin description={t('receipt.loading')} size="large">
            <div className={styles.room} />
          </Spin>
        )}
      </div>
    );
  }
  const bills = receipt.value.reading?.bills ?? [];
  const bill = bills[billNumber - 1];
  if (!bill) return <WithoutBill receipt={receipt.value} image={image} pages={pages} />;
  return (
    <BillWorkbench
      key={billNumber}
      receipt={receipt.value}
      bill={bill}
      billNumber={billNumber}
      image={image}
      pages={pages}
      onReload={receipt.reload}
      verificationId={verificationId}
    />
  );
}

/** The page of the bill, until a person turns to another. */
function usePageChoice(receipt: ReceiptView | null, billNumber: number): PageChoice {
  const [turned, setTurned] = useState<{ billNumber: number; page: number } | null>(null);
  const ofBill = receipt?.reading?.bills[billNumber - 1]?.page ?? 1;
  return {
    number: turned?.billNumber === billNumber ? turned.page : ofBill,
    count: receipt ? pageCountOf(receipt) : 1,
    turnTo: (page) => setTurned({ billNumber, page }),
  };
}

/** A receipt that is still being read, could not be read, or is no fiscal bill: the image, and what there is to say. */
function WithoutBill({ receipt, image, pages }: { receipt: ReceiptView; image: PageImage; pages: PageChoice }) {
  const { t, say } = useI18n();
  return (
    <div className={styles.plain}>
      <div className={styles.message}>
        <OriginalFaultAlert fault={receipt.originalFault} />
        {receipt.state === 'queued' && (
          <Result icon={<Spin size="large" />} title={t('receipt.reading')} subTitle={t('receipt.readingHint')} className={styles.result} />
        )}
        {receipt.failure && (
          <Result status="error" title={t('receipt.failed')} subTitle={say(receipt.failure.message)} className={styles.result} />
        )}
        {receipt.reading?.refusal && <RefusalBanner refusal={receipt.reading.refusal} />}
      </div>
      <PageViewer image={image} page={null} pages={pages} marks={[]} focused={null} onPick={() => undefined} />
    </div>
  );
}

import type { BillReading, ElementName, FieldName, ReceiptView } from '@app/contracts';
import { ELEMENT_NAMES } from '@app/contracts';
import { Segmented } from 'antd';
import { useRef, useState } from 'react';
import { goTo } from '../app/use-route';
import { BasesNote } from '../consent/bases-note';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { OutcomePanel } from '../verification/outcome-panel';
import { useElementsForm } from '../verification/use-elements-form';
import { useVerification } from '../verification/use-verification';
import { VerificationPanel } from '../verification/verification-panel';
import { BillDetails } from './bill-details';
import styles from './bill-workbench.module.css';
import { DecisionBanner } from './decision-banner';
import { isOpen } from './element-marks';
import { FieldCrop } from './field-crop';
import { placesOf } from './field-places';
import type { PageChoice } from './page-turner';
import { OriginalFaultAlert } from './original-fault-alert';
import { PageViewer } from './page-viewer';
import { ReviewNote } from './review-note';
import { isStanding, reviewedFields } from './reviewed-fields';
import type { PageImage } from './use-page-image';
import { useReview } from './use-review';

interface Props {
  receipt: ReceiptView;
  bill: BillReading;
  billNumber: number;
  image: PageImage;
  pages: PageChoice;
  onReload: () => void;
  verificationId: string | null;
}

const isElement = (name: FieldName): name is ElementName => ELEMENT_NAMES.some((element) => element === name);

/** The work on one bill: its image and what was read at the left; the five elements, their verification and its outcome at the right. */
export function BillWorkbench({ receipt, bill, billNumber, image, pages, onReload, verificationId }: Props) {
  const { t } = useI18n();
  // A review of what was masked would keep asterisks in place of what others corrected.
  const { may } = useAccess();
  const mayReview = may('receipt.review') && !receipt.masked;
  const [focused, setFocused] = useState<FieldName | null>(null);
  const details = useRef<HTMLElement>(null);
  const verification = useVerification({
    id: verificationId,
    receiptId: receipt.id,
    // One page is masked or not as a whole: a masked name agrees with every name, and nobody would see that they differ.
    isReview: !receipt.masked && may('personal.unmask'),
    onAccepted: (id) => goTo({ page: 'receipts', receiptId: receipt.id, billNumber, verificationId: id }),
  });
  const review = useReview({ receipt, billNumber, onReload });
  const form = useElementsForm({ bill, correction: review.given, shown: verification.view });
  const reviewed = reviewedFields(form, bill, review.standing);
  const isUnsaved = !isStanding(reviewed, review.standing);
  const openCount = form.marks.filter(isOpen).length;
  const isReviewed = review.standing !== null && Object.keys(review.standing.fields).length > 0;
  // After a person's word or the provider's, what the machine decided no longer says where the bill stands.
  const isDecisionShown = (!verification.view || form.isStale) && (!isReviewed || openCount > 0);
  const page = receipt.reading?.pages[pages.number - 1] ?? null;

  const focus = (name: FieldName): void => {
    setFocused(name);
    const field = bill.fields[name];
    if (field?.quad && field.page !== pages.number) pages.turnTo(field.page);
  };
  const pick = (name: FieldName): void => {
    focus(name);
    if (isElement(name)) form.focus(name);
    else details.current?.querySelector<HTMLElement>(`[data-field="${name}"]`)?.focus();
  };

  return (
    <div className={styles.workbench}>
      <div className={styles.paper}>
        <div className={styles.image}>
          <PageViewer
            image={image}
            page={page}
            pages={pages}
            marks={placesOf(bill, form.marks, pages.number)}
            focused={focused}
            onPick={pick}
          />
        </div>
        <BillDetails
          ref={details}
          bill={bill}
          correction={review.standing}
          verification={form.isStale ? null : verification.view}
          focused={focused}
          onFocusField={focus}
        />
      </div>
      <VerificationPanel
        form={form}
        verification={verification}
        review={mayReview ? { ...review, isUnsaved, save: () => (isUnsaved ? review.save(reviewed) : Promise.resolve(true)) } : null}
        onFocusElement={focus}
        crop={(name) => <FieldCrop image={image} pageNumber={pages.number} page={page} bill={bill} name={name} />}
        above={
          <>
            <OriginalFaultAlert fault={receipt.originalFault} />
            {verification.view && <OutcomePanel view={verification.view} isStale={form.isStale} onReload={verification.reload} />}
            <ReviewNote standing={review.standing} />
            {receipt.masked && <p className={styles.masked}>{t('receipt.masked')}</p>}
            {!verification.view && <BasesNote bases={receipt.bases} />}
            <BillPicker receipt={receipt} billNumber={billNumber} />
            {isDecisionShown && <DecisionBanner bill={bill} openCount={openCount} />}
          </>
        }
      />
    </div>
  );
}

function BillPicker({ receipt, billNumber }: { receipt: ReceiptView; billNumber: number }) {
  const { t } = useI18n();
  const count = receipt.reading?.bills.length ?? 0;
  if (count < 2) return null;
  return (
    <Segmented
      block
      aria-label={t('receipt.billPicker')}
      value={billNumber}
      onChange={(number) => goTo({ page: 'receipts', receiptId: receipt.id, billNumber: number, verificationId: null })}
      options={Array.from({ length: count }, (_, at) => ({ value: at + 1, label: t('receipt.billOf', { number: at + 1, count }) }))}
    />
  );
}

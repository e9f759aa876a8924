import { SaveOutlined } from '@ant-design/icons';
import type { CorrectionView } from '@app/contracts';
import { Button } from 'antd';
import type { Failure } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';

/** Keeping what a person corrected and confirmed, before it is verified or without. */
export interface ReviewActions {
  /** What is kept already. */
  readonly standing: CorrectionView | null;
  readonly failure: Failure | null;
  readonly isSaving: boolean;
  /** Something in the form is not kept yet. */
  readonly isUnsaved: boolean;
  /** Keeps it; true when it is kept now, or was. */
  readonly save: () => Promise<boolean>;
  readonly reload: () => void;
}

/** Why a review was not kept; of one that others were faster with, the way to what they saved. */
export function ReviewFailure({ review: { failure, reload } }: { review: ReviewActions }) {
  const { t } = useI18n();
  if (!failure) return null;
  const isOutdated = failure.kind === 'problem' && failure.problem.code === 'correction-outdated';
  return <FailureAlert failure={failure} {...(isOutdated && { onRetry: reload, retryLabel: t('review.reload') })} />;
}

export function SaveReview({ review }: { review: ReviewActions }) {
  const { t } = useI18n();
  return (
    <Button
      icon={<SaveOutlined />}
      disabled={!review.isUnsaved}
      loading={review.isSaving}
      data-action="save-review"
      onClick={() => void review.save()}
    >
      {t(review.standing && !review.isUnsaved && !review.isSaving ? 'review.saved' : 'review.save')}
    </Button>
  );
}

import type { CorrectionView } from '@app/contracts';
import { Alert } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';

/** Who reviewed the bill last; nothing where nobody did, or where it was taken back. */
export function ReviewNote({ standing }: { standing: CorrectionView | null }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  if (!standing || Object.keys(standing.fields).length === 0) return null;
  const { by, at, version } = standing;
  return <Alert type="info" showIcon title={t('review.standing', { name: called(by), time: instant(at), version })} />;
}

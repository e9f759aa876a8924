import { QUOTA_NAMES, type QuotaKind } from '@app/contracts';
import { Alert } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { usePolled } from '../api/use-polled';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import styles from './quota-notice.module.css';
import { nearQuotas, type NearQuota } from './near-quotas';

const never = (): null => null;

interface Props {
  /** Must be stable. */
  kinds: readonly QuotaKind[];
  /** What changes when some of them may have been used: they are asked for anew. */
  round: string;
}

/** Says so before a quota is used up. Where the quotas are not known nothing is said: what goes beyond them is refused with the reason anyway. */
export function QuotaNotice(props: Props) {
  const { may } = useAccess();
  return may('policy.read') ? <Known {...props} key={props.round} /> : null;
}

function Known({ kinds }: Props) {
  const api = useApi();
  const { value } = usePolled(
    useCallback(() => api.readQuotas(), [api]),
    never,
  );
  return value && nearQuotas(value, kinds).map((quota) => <Notice key={quota.kind} quota={quota} />);
}

function Notice({ quota: { kind, used, limit, isFull, freeAt } }: { quota: NearQuota }) {
  const { t, say, shortInstant } = useI18n();
  const shown = (amount: number): string => (kind === 'storedBytes' ? `${(amount / 2 ** 30).toFixed(1)} GiB` : String(amount));
  return (
    <Alert
      type={isFull ? 'error' : 'warning'}
      showIcon
      className={styles.notice}
      data-quota={kind}
      title={t(isFull ? 'quota.full' : 'quota.near', { name: say(QUOTA_NAMES[kind]), used: shown(used), limit: shown(limit) })}
      description={freeAt === null ? undefined : t('quota.freeAt', { time: shortInstant(freeAt) })}
    />
  );
}

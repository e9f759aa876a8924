import { Alert } from 'antd';
import type { Failure } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import styles from './sign-in-page.module.css';

/** As the API names what a password lacks. */
export const PASSWORD_FAULTS = ['tooShort', 'tooLong', 'tooSimple', 'containsName', 'common', 'reused'] as const;

/** Why a password was not taken, in words. */
export function PasswordFailure({ failure }: { failure: Failure }) {
  const { t, say } = useI18n();
  if (failure.kind !== 'problem' || failure.problem.code !== 'password-unacceptable')
    return <FailureAlert failure={failure} className={styles.alert} />;
  const faults = PASSWORD_FAULTS.filter((fault) => failure.problem.errors.some(({ message }) => message === fault));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className={styles.alert}
      title={say(failure.problem.message)}
      description={faults.map((fault) => (
        <div key={fault}>{t(`password.fault.${fault}`)}</div>
      ))}
    />
  );
}

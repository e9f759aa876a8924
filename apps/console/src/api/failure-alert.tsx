import { ELEMENT_NAMES } from '@app/contracts';
import { Alert, Button } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import type { Failure } from './failure';
import styles from './failure-alert.module.css';

interface Props {
  failure: Failure;
  className?: string | undefined;
  onRetry?: () => void;
  /** What the button for `onRetry` says, if not that it tries again. */
  retryLabel?: string;
}

/** Says what went wrong in the chosen language, with the id that leads the operator to the log line. */
export function FailureAlert({ failure, className, onRetry, retryLabel }: Props) {
  const { t } = useI18n();
  const retry = onRetry && (
    <Button size="small" onClick={onRetry}>
      {retryLabel ?? t('failure.retry')}
    </Button>
  );
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className={className}
      title={<FailureText failure={failure} />}
      description={failure.kind === 'problem' ? <ProblemDetail failure={failure} /> : undefined}
      action={retry}
    />
  );
}

/** The one sentence of a failure. */
export function FailureText({ failure }: { failure: Failure }) {
  const { t, say } = useI18n();
  if (failure.kind === 'problem') return say(failure.problem.message);
  return failure.kind === 'unreachable' ? t('failure.unreachable') : t('failure.unexpected', { status: failure.status });
}

function ProblemDetail({ failure }: { failure: Extract<Failure, { kind: 'problem' }> }) {
  const { t, instant } = useI18n();
  const { againAt } = failure;
  const { errors, id, detail, title } = failure.problem;
  const fieldLabel = (path: string) => {
    const name = ELEMENT_NAMES.find((element) => path === `elements.${element}` || path === `fields.${element}`);
    return name ? t(`field.${name}`) : <code>{path}</code>;
  };
  return (
    <>
      {errors.map(({ field, message }) => (
        <div key={field}>
          {fieldLabel(field)} {message}
        </div>
      ))}
      {errors.length === 0 && detail !== '' && detail !== title && <div>{detail}</div>}
      {againAt !== undefined && <div data-again>{t('failure.againAt', { time: instant(new Date(againAt).toISOString()) })}</div>}
      <div className={styles.id}>{t('failure.id', { id })}</div>
    </>
  );
}

import { Role, ROLE_NAMES } from '@app/contracts';
import { App, Button, Skeleton } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { useProposedNote } from '../approvals/use-proposed-note';
import { SignInPolicyDialog } from './sign-in-policy-dialog';
import { WaitingPolicyNote } from './waiting-policy-note';

const never = (): null => null;

/** 登录要求: who needs a second factor, and from where the people of each role may sign in and work. */
export function SignInPolicySection() {
  const { t, say, instant } = useI18n();
  const { may } = useAccess();
  const { message } = App.useApp();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readSignInPolicy(), [api]),
    never,
  );
  const [isChanging, setIsChanging] = useState(false);
  const sayProposed = useProposedNote();
  const demanded = value?.secondFactor === 'everybody' ? 'everybody' : value?.installation.secondFactor;
  return (
    <Section
      heading={t('signInPolicy.heading')}
      aside={
        value &&
        may('role.assign') && (
          <Button data-action="change-sign-in-policy" onClick={() => setIsChanging(true)}>
            {t('signInPolicy.change')}
          </Button>
        )
      }
    >
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active title={false} />}
      {value && <WaitingPolicyNote key={`${value.version} ${String(isChanging)}`} />}
      {value && demanded && (
        <div className={tables.scroll}>
          <table className={tables.table} data-sign-in-policy={value.version}>
            <caption className={tables.caption}>
              {value.changedAt === null
                ? t('signInPolicy.none')
                : t('signInPolicy.version', { version: value.version, time: instant(value.changedAt) })}
            </caption>
            <tbody>
              <tr>
                <th scope="row">{t('signInPolicy.secondFactor')}</th>
                <td>{t(`signInPolicy.for.${demanded}`)}</td>
              </tr>
              {Role.options.map((role) => (
                <tr key={role} data-role-networks={role}>
                  <th scope="row">{t('signInPolicy.networksOf', { role: say(ROLE_NAMES[role]) })}</th>
                  <td>{value.networks.find((bound) => bound.role === role)?.networks.join(' · ') ?? t('signInPolicy.anywhere')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isChanging && value && (
        <SignInPolicyDialog
          standing={value}
          onClose={() => setIsChanging(false)}
          onOutdated={() => {
            setIsChanging(false);
            reload();
          }}
          onChanged={(outcome) => {
            setIsChanging(false);
            if (outcome === 'holds') message.success(t('signInPolicy.changed'));
            else sayProposed();
            reload();
          }}
        />
      )}
    </Section>
  );
}

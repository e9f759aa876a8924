import { Button, Skeleton } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { ConsentDialog } from './consent-dialog';

const never = (): null => null;

/** 同意与授权: whether a consent reference is demanded, and what is recorded where a request brings none. */
export function ConsentSection() {
  const { t } = useI18n();
  const { may } = useAccess();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readConsentPolicy(), [api]),
    never,
  );
  const [isChanging, setIsChanging] = useState(false);
  const rows = value && [
    { name: 'demandsReference' as const, shown: t(value.demandsReference ? 'consent.yes' : 'consent.no') },
    { name: 'defaultReference' as const, shown: value.defaultReference ?? t('consent.unset') },
    { name: 'defaultPurpose' as const, shown: value.defaultPurpose ?? t('consent.unset') },
  ];
  return (
    <Section
      heading={t('consent.heading')}
      aside={
        value &&
        may('policy.manage') && (
          <Button data-action="change-consent" onClick={() => setIsChanging(true)}>
            {t('consent.change')}
          </Button>
        )
      }
    >
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active title={false} />}
      {value && rows && (
        <div className={tables.scroll}>
          <table className={tables.table} data-consent-policy={value.version}>
            <caption className={tables.caption}>
              {value.version === 0 ? t('consent.none') : t('consent.version', { version: value.version })}
            </caption>
            <tbody>
              {rows.map(({ name, shown }) => (
                <tr key={name}>
                  <th scope="row">{t(`consent.${name}`)}</th>
                  <td className={tables.strong}>{shown}</td>
                  <td className={tables.hint}>{t(`consent.${name}Hint`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isChanging && value && (
        <ConsentDialog
          standing={value}
          onClose={() => setIsChanging(false)}
          onOutdated={() => {
            setIsChanging(false);
            reload();
          }}
        />
      )}
    </Section>
  );
}

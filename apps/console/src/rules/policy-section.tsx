import type { VerificationPolicyView } from '@app/contracts';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { PolicyDialog } from './policy-dialog';

interface Props {
  policy: VerificationPolicyView;
  /** Other rules stand than those shown. */
  onOutdated: () => void;
}

/** The rules as they stand, each with what it means. */
export function PolicySection({ policy, onOutdated }: Props) {
  const { t } = useI18n();
  const { may } = useAccess();
  const [isChanging, setIsChanging] = useState(false);
  const { version, provider, failover, dailyQuota, monthlyBudgetYuan, onImplausible, settlementLimitYuan } = policy;
  const rows = [
    { name: 'provider', value: t(`provider.${provider}`) },
    { name: 'failover', value: t(`rules.failover.${failover}`) },
    { name: 'dailyQuota', value: dailyQuota ?? t('rules.unlimited') },
    { name: 'monthlyBudgetYuan', value: monthlyBudgetYuan ?? t('rules.unlimited') },
    { name: 'onImplausible', value: t(`rules.onImplausible.${onImplausible}`) },
    { name: 'settlementLimitYuan', value: settlementLimitYuan ?? t('rules.limitDefault') },
  ] as const;
  return (
    <Section
      heading={t('rules.standing')}
      aside={
        may('policy.manage') && (
          <Button type="primary" data-action="change-policy" onClick={() => setIsChanging(true)}>
            {t('rules.change')}
          </Button>
        )
      }
    >
      <div className={tables.scroll}>
        <table className={tables.table} data-policy-version={version}>
          <caption className={tables.caption}>
            {version === 0 ? t('rules.noVersion') : t('rules.version', { version })} {version === 0 && <Tag>{t('rules.defaults')}</Tag>}
          </caption>
          <tbody>
            {rows.map(({ name, value }) => (
              <tr key={name} data-rule={name}>
                <th scope="row">{t(`rules.${name}`)}</th>
                <td className={tables.strong}>{value}</td>
                <td className={tables.hint}>{t(`rules.${name}Hint`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isChanging && <PolicyDialog policy={policy} onClose={() => setIsChanging(false)} onOutdated={onOutdated} />}
    </Section>
  );
}

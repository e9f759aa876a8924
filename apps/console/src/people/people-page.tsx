import { PlusOutlined } from '@ant-design/icons';
import type { UserPasswordView, UserView } from '@app/contracts';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { SecretDialog } from '../app/secret-dialog';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { DepartmentsSection } from './departments-section';
import { RolesDialog } from './roles-dialog';
import { SignInPolicySection } from './sign-in-policy-section';
import { usePeople } from './use-people';
import { UserDialog } from './user-dialog';
import { UserRow } from './user-row';

/** 用户与部门: two hands, one that makes users and one that gives them roles. */
export function PeoplePage() {
  const { t } = useI18n();
  const { may } = useAccess();
  const people = usePeople();
  const [isCreating, setIsCreating] = useState(false);
  const [assigned, setAssigned] = useState<UserView | null>(null);
  const [made, setMade] = useState<UserPasswordView | null>(null);
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('people.heading')}</h1>
        <p className={page.intro}>{t('people.intro')}</p>
      </div>
      {people.failure && <FailureAlert failure={people.failure} onRetry={people.reload} />}
      {people.users === null && !people.failure && <Skeleton active />}
      {people.users && (
        <Section
          heading={t('people.users')}
          aside={
            may('user.manage') && (
              <Button type="primary" icon={<PlusOutlined />} data-action="new-user" onClick={() => setIsCreating(true)}>
                {t('people.create')}
              </Button>
            )
          }
        >
          <div className={tables.scroll}>
            <table className={tables.table}>
              <thead>
                <tr>
                  {(['login', 'name', 'department', 'roles', 'state', 'lastSignIn'] as const).map((name) => (
                    <th key={name} scope="col">
                      {t(`people.${name}`)}
                    </th>
                  ))}
                  <td />
                </tr>
              </thead>
              <tbody>
                {people.users.map((user) => (
                  <UserRow
                    key={user.id}
                    user={user}
                    departments={people.departments}
                    onChanged={people.replace}
                    onPassword={setMade}
                    onAssign={() => setAssigned(user)}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {people.hasMore && <Button onClick={() => void people.loadMore()}>{t('people.more')}</Button>}
        </Section>
      )}
      <DepartmentsSection departments={people.departments} onMade={people.reload} />
      <SignInPolicySection />
      {isCreating && (
        <UserDialog
          departments={people.departments}
          onClose={() => setIsCreating(false)}
          onMade={(user) => {
            setIsCreating(false);
            setMade(user);
            people.reload();
          }}
        />
      )}
      {assigned && (
        <RolesDialog
          user={assigned}
          onClose={() => setAssigned(null)}
          onAssigned={(user) => {
            setAssigned(null);
            people.replace(user);
          }}
        />
      )}
      {made && (
        <SecretDialog
          title={`${made.displayName} (${made.login})`}
          label={t('secret.password')}
          note={t('secret.passwordNote')}
          secret={made.oneTimePassword}
          onClose={() => setMade(null)}
        />
      )}
    </div>
  );
}

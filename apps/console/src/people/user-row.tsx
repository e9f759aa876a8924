import { MoreOutlined } from '@ant-design/icons';
import { ROLE_NAMES, type DepartmentView, type UserPasswordView, type UserView } from '@app/contracts';
import { App, Button, Dropdown, Tag } from 'antd';
import { useApi } from '../api/api-context';
import type { Answer } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { useStep } from '../sign-in/use-step';
import { actsOn, type UserAct } from './user-acts';

interface Props {
  user: UserView;
  departments: readonly DepartmentView[];
  onChanged: (user: UserView) => void;
  onPassword: (user: UserPasswordView) => void;
  onAssign: () => void;
}

const COLOURS: Record<UserView['state'], string> = { active: 'success', disabled: 'default', locked: 'warning' };

/** One user, and what can be done with them. */
export function UserRow({ user, departments, onChanged, onPassword, onAssign }: Props) {
  const { t, say, shortInstant } = useI18n();
  const { modal, message } = App.useApp();
  const api = useApi();
  const access = useAccess();
  const step = useStep();
  const acts = actsOn(user, access);

  const run = async (act: UserAct): Promise<void> => {
    if (act === 'resetPassword') {
      const reset = await step.send(() => api.resetPassword(user.id));
      if (reset) onPassword(reset.value);
      return;
    }
    const done = await step.send(() => plain(act));
    if (!done) return;
    if (done.value) onChanged(done.value);
    message.success(t('people.done', { name: user.displayName }));
  };
  /** The user as it is after an act; null where none changes of what is shown. */
  const plain = async (act: Exclude<UserAct, 'resetPassword'>): Promise<Answer<UserView | null>> => {
    if (act === 'disable' || act === 'enable') return api.changeUser(user.id, { state: act === 'enable' ? 'active' : 'disabled' });
    if (act === 'unlock') return api.unlockUser(user.id);
    if (act === 'resetTotp') return api.resetTotp(user.id);
    const ended = await api.endSessionsOf(user.id);
    return ended.ok ? { ok: true, value: null } : ended;
  };
  const ask = (act: UserAct): void => {
    if (act === 'assign') {
      onAssign();
      return;
    }
    modal.confirm({
      title: `${t(`people.${act}`)}: ${user.displayName}`,
      content: t('people.confirm'),
      okText: t(`people.${act}`),
      cancelText: t('people.cancel'),
      onOk: () => run(act),
    });
  };

  return (
    <>
      <tr data-user={user.login}>
        <th scope="row">{user.login}</th>
        <td>{user.displayName}</td>
        <td>{departments.find(({ id }) => id === user.departmentId)?.name ?? '—'}</td>
        <td>
          <span className={tables.tags}>
            {user.roles.length === 0 ? t('people.noRoles') : user.roles.map((role) => <Tag key={role}>{say(ROLE_NAMES[role])}</Tag>)}
          </span>
        </td>
        <td>
          <Tag color={COLOURS[user.state]}>{t(`people.state.${user.state}`)}</Tag>
        </td>
        <td>{user.lastSignInAt === null ? t('people.never') : shortInstant(user.lastSignInAt)}</td>
        <td className={tables.acts}>
          {acts.length === 1 && acts[0] === 'assign' && (
            <Button size="small" data-action="assign" onClick={onAssign}>
              {t('people.assign')}
            </Button>
          )}
          {acts.length > 1 && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: acts.map((act) => ({ key: act, label: t(`people.${act}`), danger: act === 'disable' })),
                onClick: ({ key }) => {
                  const act = acts.find((one) => one === key);
                  if (act) ask(act);
                },
              }}
            >
              <Button
                size="small"
                icon={<MoreOutlined />}
                loading={step.isSending}
                aria-label={t('people.actsOf', { name: user.displayName })}
              />
            </Dropdown>
          )}
        </td>
      </tr>
      {step.failure && (
        <tr>
          <td colSpan={7}>
            <FailureAlert failure={step.failure} />
          </td>
        </tr>
      )}
    </>
  );
}

import { UserRequest, type DepartmentView, type UserPasswordView } from '@app/contracts';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

interface Props {
  departments: readonly DepartmentView[];
  onClose: () => void;
  onMade: (user: UserPasswordView) => void;
}

/** Makes a user, who has no role yet. */
export function UserDialog({ departments, onClose, onMade }: Props) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const [login, setLogin] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [departmentId, setDepartmentId] = useState<string | null>(null);
  const user = UserRequest.safeParse({ login: login.trim(), displayName: displayName.trim(), departmentId });

  const make = async (): Promise<void> => {
    if (!user.success || step.isSending) return;
    const made = await step.send(() => api.createUser(user.data));
    if (made) onMade(made.value);
  };
  return (
    <Modal
      open
      title={t('people.create')}
      okText={t('people.create')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !user.success }}
      confirmLoading={step.isSending}
      onOk={() => void make()}
      onCancel={onClose}
    >
      <form
        className={page.form}
        onChange={step.forget}
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <label>
          <span>{t('people.login')}</span>
          <Input
            name="login"
            autoFocus
            value={login}
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => setLogin(target.value)}
          />
        </label>
        <label>
          <span>{t('people.name')}</span>
          <Input
            name="name"
            value={displayName}
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => setDisplayName(target.value)}
          />
        </label>
        <label>
          <span>{t('people.department')}</span>
          <Select<string>
            value={departmentId ?? ''}
            onChange={(id) => setDepartmentId(id === '' ? null : id)}
            options={[{ value: '', label: t('people.noDepartment') }, ...departments.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </label>
        {step.failure && <FailureAlert failure={step.failure} />}
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}

import { Role, ROLE_NAMES, type UserView } from '@app/contracts';
import { Alert, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import { withRole } from './with-role';

interface Props {
  user: UserView;
  onClose: () => void;
  onAssigned: (user: UserView) => void;
}

/** All roles that a user is to have. */
export function RolesDialog({ user, onClose, onAssigned }: Props) {
  const { t, say } = useI18n();
  const api = useApi();
  const step = useStep();
  const [roles, setRoles] = useState<readonly Role[]>(user.roles);
  const assign = async (): Promise<void> => {
    const assigned = await step.send(() => api.setRoles(user.id, [...roles]));
    if (assigned) onAssigned(assigned.value);
  };
  return (
    <Modal
      open
      title={t('people.assignFor', { name: user.displayName })}
      okText={t('people.save')}
      cancelText={t('people.cancel')}
      confirmLoading={step.isSending}
      onOk={() => void assign()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="info" showIcon title={t('people.assignNote')} />
        {Role.options.map((role) => (
          <Checkbox
            key={role}
            name={role}
            checked={roles.includes(role)}
            onChange={({ target }) => setRoles(withRole(roles, role, target.checked))}
          >
            {say(ROLE_NAMES[role])}
          </Checkbox>
        ))}
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}

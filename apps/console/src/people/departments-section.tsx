import { DepartmentRequest, type DepartmentView } from '@app/contracts';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { useStep } from '../sign-in/use-step';
import styles from './departments-section.module.css';

/** The departments, and a form for another one. */
export function DepartmentsSection({ departments, onMade }: { departments: readonly DepartmentView[]; onMade: () => void }) {
  const { t } = useI18n();
  const { may } = useAccess();
  const nameOf = (id: string | null): string | undefined => departments.find((one) => one.id === id)?.name;
  return (
    <Section heading={t('people.departments')}>
      {departments.length === 0 && <p>{t('people.noDepartments')}</p>}
      <ul className={styles.list}>
        {departments.map(({ id, name, parentId }) => (
          <li key={id}>
            {name}
            {parentId !== null && <small> · {nameOf(parentId)}</small>}
          </li>
        ))}
      </ul>
      {may('user.manage') && <NewDepartment departments={departments} onMade={onMade} />}
    </Section>
  );
}

function NewDepartment({ departments, onMade }: { departments: readonly DepartmentView[]; onMade: () => void }) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const [name, setName] = useState('');
  const [parentId, setParentId] = useState<string | null>(null);
  const department = DepartmentRequest.safeParse({ name: name.trim(), parentId });
  const make = async (): Promise<void> => {
    if (!department.success || step.isSending || !(await step.send(() => api.createDepartment(department.data)))) return;
    setName('');
    onMade();
  };
  return (
    <form
      className={page.bar}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Input
        name="department"
        aria-label={t('people.newDepartment')}
        placeholder={t('people.newDepartment')}
        value={name}
        maxLength={100}
        className={styles.name}
        onChange={({ target }) => setName(target.value)}
      />
      <Select<string>
        aria-label={t('people.parent')}
        value={parentId ?? ''}
        className={styles.name}
        onChange={(id) => setParentId(id === '' ? null : id)}
        options={[{ value: '', label: t('people.topLevel') }, ...departments.map((one) => ({ value: one.id, label: one.name }))]}
      />
      <Button htmlType="submit" disabled={!department.success} loading={step.isSending}>
        {t('people.addDepartment')}
      </Button>
      {step.failure && <FailureAlert failure={step.failure} />}
    </form>
  );
}

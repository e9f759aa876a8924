import { SearchOutlined } from '@ant-design/icons';
import { BILL_STATES, BillKind, BillState } from '@app/contracts';
import { Button, Select, Space } from 'antd';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context';
import type { Choice, TypedName } from './bill-search-form';
import styles from './bill-search-bar.module.css';
import { SearchField } from './search-field';
import { TypedSearchInput } from './typed-search-input';
import type { SearchState } from './use-search';

interface Props {
  search: SearchState;
  isLoading: boolean;
  onSubmit: () => void;
  /** What can be done with the bills that were found. */
  aside: ReactNode;
}

/** The filters of the ledger; Enter in any of them searches. */
export function BillSearchBar({ search, isLoading, onSubmit, aside }: Props) {
  const { t, say } = useI18n();
  return (
    <form
      role="search"
      aria-label={t('nav.ledger')}
      className={styles.bar}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className={styles.fields}>
        <TypedField search={search} name="q" label={t('ledger.q')} placeholder={t('ledger.qHint')} />
        <TypedField search={search} name="billCode" label={t('field.billCode')} placeholder={t('placeholder.billCode')} />
        <TypedField search={search} name="billNumber" label={t('field.billNumber')} placeholder={t('placeholder.billNumber')} />
        <ManyField
          label={t('ledger.state')}
          value={search.form.state}
          options={BillState.options.map((value) => ({ value, label: say(BILL_STATES[value]) }))}
          onChange={(state) => search.edit({ state })}
        />
        <ManyField
          label={t('ledger.kind')}
          value={search.form.kind}
          options={BillKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(kind) => search.edit({ kind })}
        />
        <RangeField
          search={search}
          names={['issuedFrom', 'issuedTo']}
          label={t('ledger.issued')}
          placeholder={t('placeholder.issueDate')}
        />
        <RangeField
          search={search}
          names={['amountFrom', 'amountTo']}
          label={t('ledger.amount')}
          placeholder={t('placeholder.totalAmount')}
        />
        <ChoiceField search={search} name="booked" />
        <ChoiceField search={search} name="duplicate" />
      </div>
      <div className={styles.actions}>
        <Button type="primary" htmlType="submit" icon={<SearchOutlined />} loading={isLoading}>
          {t('ledger.search')}
        </Button>
        <Button onClick={search.clear}>{t('ledger.clear')}</Button>
        <div className={styles.aside}>{aside}</div>
      </div>
    </form>
  );
}

interface FieldProps {
  search: SearchState;
  label: string;
  placeholder: string;
}

function TypedField({ search, name, label, placeholder }: FieldProps & { name: TypedName }) {
  return (
    <SearchField label={label} faults={[search.faults[name]]} width={name === 'q' ? 'text' : 'value'}>
      {({ id, faultId }) => <TypedSearchInput search={search} name={name} id={id} faultId={faultId} placeholder={placeholder} />}
    </SearchField>
  );
}

function RangeField({ search, names: [from, to], label, placeholder }: FieldProps & { names: [TypedName, TypedName] }) {
  const { t } = useI18n();
  const input = (name: TypedName, ownLabel: string, ids: { id?: string; faultId: string }) => (
    <TypedSearchInput search={search} name={name} label={ownLabel} placeholder={placeholder} {...ids} />
  );
  return (
    <SearchField label={label} faults={[search.faults[from], search.faults[to]]} width="range">
      {({ id, faultId }) => (
        <Space.Compact block>
          {input(from, t('ledger.from', { field: label }), { id, faultId })}
          {input(to, t('ledger.to', { field: label }), { faultId })}
        </Space.Compact>
      )}
    </SearchField>
  );
}

interface ManyProps<T extends string> {
  label: string;
  value: readonly T[];
  options: { value: T; label: string }[];
  onChange: (value: T[]) => void;
}

function ManyField<T extends string>({ label, value, options, onChange }: ManyProps<T>) {
  const { t } = useI18n();
  return (
    <SearchField label={label}>
      {({ id }) => (
        <Select
          id={id}
          mode="multiple"
          value={[...value]}
          options={options}
          onChange={onChange}
          showSearch={{ optionFilterProp: 'label' }}
          maxTagCount="responsive"
          placeholder={t('ledger.all')}
          allowClear
        />
      )}
    </SearchField>
  );
}

function ChoiceField({ search, name }: { search: SearchState; name: 'booked' | 'duplicate' }) {
  const { t } = useI18n();
  const choices: { value: Choice; label: string }[] = [
    { value: 'any', label: t('ledger.all') },
    { value: 'true', label: t(`ledger.${name}.true`) },
    { value: 'false', label: t(`ledger.${name}.false`) },
  ];
  return (
    <SearchField label={t(`ledger.${name}`)}>
      {({ id }) => (
        <Select id={id} value={search.form[name]} options={choices} onChange={(value: Choice) => search.edit({ [name]: value })} />
      )}
    </SearchField>
  );
}

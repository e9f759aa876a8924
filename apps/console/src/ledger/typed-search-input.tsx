import { Input } from 'antd';
import type { TypedName } from './bill-search-form';
import type { SearchState } from './use-search';

interface Props {
  search: SearchState;
  name: TypedName;
  id?: string;
  label?: string;
  faultId: string;
  placeholder?: string;
}

const LONGEST: Record<TypedName, number> = {
  ...{ q: 100, billCode: 24, billNumber: 24, issuedFrom: 16, issuedTo: 16, amountFrom: 24, amountTo: 24 },
};

/** A typed field of the search; `label` names it where it shares its visible label with another one. */
export function TypedSearchInput({ search, name, id, label, faultId, placeholder }: Props) {
  const isFaulty = search.faults[name] !== undefined;
  return (
    <Input
      id={id}
      name={name}
      value={search.form[name]}
      onChange={({ target }) => search.edit({ [name]: target.value })}
      aria-label={label}
      aria-invalid={isFaulty}
      aria-describedby={isFaulty ? faultId : undefined}
      {...(isFaulty && { status: 'error' as const })}
      placeholder={placeholder}
      maxLength={LONGEST[name]}
      autoComplete="off"
      spellCheck={false}
      allowClear={name === 'q'}
    />
  );
}

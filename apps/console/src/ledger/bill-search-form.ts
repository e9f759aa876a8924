import { BillFilter, type BillKind, type BillSort, type BillState } from '@app/contracts';
import { canonicalElement } from '../verification/element-check';

/** Fields of the search that are typed. */
export const TYPED_NAMES = ['q', 'billCode', 'billNumber', 'issuedFrom', 'issuedTo', 'amountFrom', 'amountTo'] as const;
export type TypedName = (typeof TYPED_NAMES)[number];

/** Yes, no, or whichever. */
export type Choice = 'any' | 'true' | 'false';

/** The search as it stands in its form; amounts in yuan and days as they were typed. */
export interface BillSearchForm extends Readonly<Record<TypedName, string>> {
  readonly state: readonly BillState[];
  readonly kind: readonly BillKind[];
  readonly booked: Choice;
  readonly duplicate: Choice;
}

export const EMPTY_SEARCH: BillSearchForm = {
  ...{ q: '', billCode: '', billNumber: '', issuedFrom: '', issuedTo: '', amountFrom: '', amountTo: '' },
  ...{ state: [], kind: [], booked: 'any', duplicate: 'any' },
};

/** What is wrong with a field: its own form, or that the range it ends begins after it. */
export type SearchFault = 'words' | 'digits' | 'date' | 'amount' | 'range';
export type SearchFaults = Partial<Record<TypedName, SearchFault>>;

const FAULTS: Record<TypedName, SearchFault> = {
  ...{ q: 'words', billCode: 'digits', billNumber: 'digits', issuedFrom: 'date', issuedTo: 'date' },
  ...{ amountFrom: 'amount', amountTo: 'amount' },
};

/** The same search in canonical spelling: half-width digits, hyphens in dates, two decimals in amounts. */
export function settledSearch(form: BillSearchForm): BillSearchForm {
  return {
    ...form,
    q: form.q.trim(),
    billCode: canonicalElement('billCode', form.billCode),
    billNumber: canonicalElement('billNumber', form.billNumber),
    issuedFrom: canonicalElement('issueDate', form.issuedFrom),
    issuedTo: canonicalElement('issueDate', form.issuedTo),
    amountFrom: canonicalElement('totalAmount', form.amountFrom),
    amountTo: canonicalElement('totalAmount', form.amountTo),
  };
}

/** Faults of a settled search; none when the API takes it. The contract's own schema decides. */
export function searchFaults(form: BillSearchForm): SearchFaults {
  const parsed = BillFilter.safeParse(billFilter(form));
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]);
  const faults: SearchFaults = Object.fromEntries(TYPED_NAMES.filter((name) => wrong.includes(name)).map((name) => [name, FAULTS[name]]));
  if (wrong.length > 0) return faults;
  return {
    ...(form.issuedFrom !== '' && form.issuedTo !== '' && form.issuedFrom > form.issuedTo && { issuedTo: 'range' as const }),
    ...(form.amountFrom !== '' && form.amountTo !== '' && fen(form.amountFrom) > fen(form.amountTo) && { amountTo: 'range' as const }),
  };
}

/** The filters of a settled search; what was left open is left out. */
export function billFilter({ state, kind, booked, duplicate, ...typed }: BillSearchForm): BillFilter {
  const given = Object.entries(typed).filter(([, value]) => value !== '');
  const listed = Object.entries({ state, kind }).filter(([, values]) => values.length > 0);
  const chosen = Object.entries({ booked, duplicate }).flatMap(([name, value]) => (value === 'any' ? [] : [[name, value === 'true']]));
  return Object.fromEntries([...given, ...listed, ...chosen]) as BillFilter;
}

/** The order a search is shown in: the one a person chose, else that of its range, in which the API finds it fastest. */
export function sortOf(form: BillSearchForm, chosen: BillSort | null): BillSort {
  if (chosen !== null) return chosen;
  if (form.issuedFrom !== '' || form.issuedTo !== '') return 'issueDate';
  return form.amountFrom !== '' || form.amountTo !== '' ? 'amount' : 'newest';
}

/** Whether a search narrows anything. */
export function isNarrowed(form: BillSearchForm): boolean {
  return Object.keys(billFilter(form)).length > 0;
}

function fen(yuan: string): bigint {
  return BigInt(yuan.replace('.', ''));
}

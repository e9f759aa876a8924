import { ELEMENT_NAMES, Elements, type BillReading, type CorrectionView, type ElementName } from '@app/contracts';
import { canonicalElement, isValidElement } from './element-check';

/** The five elements as they stand in the form, and which of them a person has looked at. */
export interface ElementsDraft {
  readonly values: Readonly<Record<ElementName, string>>;
  readonly confirmed: ReadonlySet<ElementName>;
}

export type DraftAction =
  | { type: 'start'; bill: BillReading | null; correction?: CorrectionView | null }
  | { type: 'adopt'; elements: Elements }
  | { type: 'edit'; name: ElementName; text: string }
  | { type: 'settle'; name: ElementName }
  | { type: 'confirm'; name: ElementName };

/** What was read, and before it what a person corrected or confirmed; empty without a reading. */
export function startDraft(bill: BillReading | null, correction: CorrectionView | null = null): ElementsDraft {
  const read = (name: ElementName): string => correction?.fields[name]?.to ?? bill?.elements[name] ?? '';
  return {
    values: {
      billCode: read('billCode'),
      billNumber: read('billNumber'),
      checkCode: read('checkCode'),
      issueDate: read('issueDate'),
      totalAmount: read('totalAmount'),
    },
    confirmed: new Set(ELEMENT_NAMES.filter((name) => correction?.fields[name] !== undefined)),
  };
}

/**
 * `adopt` shows elements that were verified before. `edit` is a keystroke and takes a confirmation back, `settle` spells the value canonically when the field is left, `confirm` is a
 * person's word for a value of the right form.
 */
export function changeDraft(draft: ElementsDraft, action: DraftAction): ElementsDraft {
  switch (action.type) {
    case 'start':
      return startDraft(action.bill, action.correction);
    case 'adopt':
      return { values: action.elements, confirmed: new Set(ELEMENT_NAMES) };
    case 'edit':
      return { values: { ...draft.values, [action.name]: action.text }, confirmed: without(draft.confirmed, action.name) };
    case 'settle':
      return { ...draft, values: settled(draft, action.name) };
    case 'confirm': {
      const values = settled(draft, action.name);
      if (!isValidElement(action.name, values[action.name])) return { ...draft, values };
      return { values, confirmed: new Set(draft.confirmed).add(action.name) };
    }
  }
}

/** The elements when each has its form, else null. */
export function toElements(draft: ElementsDraft): Elements | null {
  const values = Object.fromEntries(ELEMENT_NAMES.map((name) => [name, canonicalElement(name, draft.values[name])]));
  const elements = Elements.safeParse(values);
  return elements.success ? elements.data : null;
}

function settled(draft: ElementsDraft, name: ElementName): ElementsDraft['values'] {
  return { ...draft.values, [name]: canonicalElement(name, draft.values[name]) };
}

function without(names: ReadonlySet<ElementName>, name: ElementName): ReadonlySet<ElementName> {
  return new Set([...names].filter((other) => other !== name));
}

/** Whether the form says the same as these elements, which were verified before. */
export function isSameAs(draft: ElementsDraft, elements: Elements): boolean {
  return ELEMENT_NAMES.every((name) => canonicalElement(name, draft.values[name]) === elements[name]);
}

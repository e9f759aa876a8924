import { ELEMENT_NAMES, FieldName, type BillReading, type CorrectedValues, type CorrectionView } from '@app/contracts';
import { canonicalElement } from '../verification/element-check';
import type { ElementsForm } from '../verification/use-elements-form';

type Reviewable = Pick<ElementsForm, 'draft' | 'marks' | 'ready'>;

/**
 * What a person vouches for in the form: each element that was confirmed or changed, and once no doubt is left all five, since they were
 * before the person's eyes. Of a certain reading that nobody changed there is nothing to keep. Fields that the form does not show keep what
 * stands.
 */
export function reviewedFields(
  { draft, marks, ready }: Reviewable,
  { decision }: Pick<BillReading, 'decision'>,
  standing: CorrectionView | null,
): CorrectedValues {
  if (decision === 'auto' && standing === null && !marks.some(({ mark }) => mark === 'edited')) return {};
  const touched = marks.filter(({ mark }) => mark === 'confirmed' || mark === 'edited').map(({ name }) => name);
  const names = ready && touched.length > 0 ? ELEMENT_NAMES : touched;
  const elements = names.map((name) => [name, canonicalElement(name, draft.values[name])] as const);
  return { ...notShown(standing), ...Object.fromEntries(elements) };
}

/** Whether this is what stands already. */
export function isStanding(fields: CorrectedValues, standing: CorrectionView | null): boolean {
  return FieldName.options.every((name) => fields[name] === standing?.fields[name]?.to);
}

function notShown(standing: CorrectionView | null): CorrectedValues {
  const shown = new Set<FieldName>(ELEMENT_NAMES);
  const others = FieldName.options.filter((name) => !shown.has(name) && standing?.fields[name] !== undefined);
  return Object.fromEntries(others.map((name) => [name, standing?.fields[name]?.to]));
}

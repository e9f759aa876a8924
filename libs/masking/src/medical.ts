import type { BillKind } from '@app/contracts';

/** Whether a bill is a hospital's, by its title or the provider's word for its kind. */
export function isMedicalTitle(title: string | null): boolean {
  return title !== null && /医疗|医院|门诊|住院|挂号|体检|卫生/u.test(title);
}

/** Whether a bill is a hospital's, by its kind; one of unknown kind may be. */
export function isMedicalKind(kind: BillKind): boolean {
  return kind === 'medical-outpatient' || kind === 'medical-inpatient' || kind === 'other';
}

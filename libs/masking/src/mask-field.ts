import type { FieldName } from '@app/contracts';
import { maskCode } from './mask-code';
import { maskName } from './mask-name';

const MASKS: Partial<Record<FieldName, (value: string) => string>> = {
  payer: maskName,
  payerAgent: maskName,
  payeeAccountName: maskName,
  payerCreditCode: maskCode,
  payerAccount: maskCode,
  payeeAccount: maskCode,
};

/** Whether a field of a bill tells of a person or an account. */
export function isPersonalField(name: FieldName): boolean {
  return MASKS[name] !== undefined;
}

/** The value of a field as a caller without the right to see it gets it; of a field that is not personal, the value itself. */
export function maskField(name: FieldName, value: string): string {
  return MASKS[name]?.(value) ?? value;
}

import type { ElementName } from '@app/contracts';
import { type ReadElements, readElements } from '../wire/elements';
import { normalizeAmount, normalizeDay } from '../wire/text';
import type { JumdataCall } from './server';

const LENGTHS = { billCode: [8], billNumber: [10], checkCode: [6], issueDate: [10, 8] } as const;

/** What jumdata's document calls the elements of a request. */
export const JUMDATA_PARAMETERS: Readonly<Record<ElementName, string>> = {
  billCode: 'fpdm',
  billNumber: 'fphm',
  checkCode: 'jym',
  issueDate: 'kqrq',
  totalAmount: 'je',
};

/** The five elements of a jumdata call. The day comes as `yyyy-MM-dd` or `yyyyMMdd`, the amount with two decimals or fewer. */
export function jumdataElements(call: JumdataCall): ReadElements {
  const sent = {
    billCode: call.fpdm.trim(),
    billNumber: call.fphm.trim(),
    checkCode: call.jym.trim(),
    issueDate: call.kqrq.trim(),
    totalAmount: call.je.trim(),
  };
  const normalized = { ...sent, issueDate: normalizeDay(sent.issueDate) ?? '', totalAmount: normalizeAmount(sent.totalAmount) ?? '' };
  return readElements(sent, normalized, LENGTHS);
}

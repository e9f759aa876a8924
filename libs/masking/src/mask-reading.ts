import type { BillItem, BillReading, FieldName, FieldReading, Reading } from '@app/contracts';
import { hide } from './hide';
import { hideAddress } from './hide-address';
import { isPersonalField, maskField } from './mask-field';
import { isMedicalKind } from './medical';

/**
 * A reading for a caller that may not see whose bill it is. Where a personal field stands on the page and how surely it was read stays;
 * its other readings and doubtful characters, which would spell it, do not.
 */
export function maskReading(reading: Reading): Reading {
  return { ...reading, bills: reading.bills.map(maskBill) };
}

/** A reading for a caller that may see whose bill it is: all but addresses that open it. */
export function withoutAddresses(reading: Reading): Reading {
  return { ...reading, bills: reading.bills.map((bill) => ({ ...bill, codes: codesOf(bill) })) };
}

function maskBill(bill: BillReading): BillReading {
  const fields = Object.entries(bill.fields).map(([name, field]) => [name, maskReadField(name as FieldName, field)] as const);
  return {
    ...bill,
    fields: Object.fromEntries(fields),
    items: isMedicalKind(bill.kind) ? bill.items.map(maskItem) : bill.items,
    otherInfo: bill.otherInfo.map((info) => ({ ...info, value: hide(info.value) })),
    codes: codesOf(bill),
  };
}

function maskReadField(name: FieldName, field: FieldReading): FieldReading {
  if (!isPersonalField(name)) return field;
  const value = maskField(name, field.value);
  if (value === field.value) return field;
  return { ...field, value, raw: value, alternatives: [], doubts: [] };
}

function maskItem(item: BillItem): BillItem {
  const { itemCode, itemName, standard, itemRemark } = item;
  return { ...item, itemCode: hide(itemCode), itemName: hide(itemName), standard: hide(standard), itemRemark: hide(itemRemark) };
}

const codesOf = ({ codes }: BillReading): BillReading['codes'] => codes.map((code) => ({ ...code, text: hideAddress(code.text) }));

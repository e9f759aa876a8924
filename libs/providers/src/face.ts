import { ELEMENT_NAMES, type FaceItem, type ProviderFace } from '@app/contracts';

/** The fields of a provider's face that are plain text. */
export type FaceTextField = { [K in keyof ProviderFace]: ProviderFace[K] extends string | null ? K : never }[keyof ProviderFace];

/** Every text field of a face. */
export const FACE_TEXT_FIELDS = [
  'billCode',
  'billNumber',
  'checkCode',
  'issueDate',
  'totalAmount',
  'totalAmountInWords',
  'title',
  'invoiceTypeText',
  'regionName',
  'payer',
  'payerCreditCode',
  'payee',
  'payeeCode',
  'reviewer',
  'cashier',
  'remark',
  'reversedDate',
  'reversedTime',
  'reversedReason',
  'financeSealName',
  'financeSealNumber',
] as const satisfies readonly FaceTextField[];

const ELEMENTS: ReadonlySet<string> = new Set(ELEMENT_NAMES);

/** Whether a field is one of the five that were asked about, and is compared with what was. */
export function isElement(field: FaceTextField): boolean {
  return ELEMENTS.has(field);
}

/** Every field of an item row. */
export const ITEM_FIELDS = [
  'sequence',
  'itemCode',
  'itemName',
  'standard',
  'unit',
  'quantity',
  'unitPrice',
  'amount',
  'itemRemark',
] as const satisfies readonly (keyof FaceItem)[];

/** A face on which the provider gave nothing. */
export function emptyFace(): ProviderFace {
  return {
    billCode: null,
    billNumber: null,
    checkCode: null,
    issueDate: null,
    totalAmount: null,
    totalAmountInWords: null,
    title: null,
    invoiceTypeText: null,
    regionName: null,
    payer: null,
    payerCreditCode: null,
    payee: null,
    payeeCode: null,
    reviewer: null,
    cashier: null,
    remark: null,
    reversed: null,
    reversedDate: null,
    reversedTime: null,
    reversedReason: null,
    accounted: null,
    printed: null,
    verificationCount: null,
    financeSealName: null,
    financeSealNumber: null,
    items: [],
    itemDetails: [],
    otherInfo: [],
  };
}

/** An item row on which the provider gave nothing. */
export function emptyItem(): FaceItem {
  return {
    sequence: null,
    itemCode: null,
    itemName: null,
    standard: null,
    unit: null,
    quantity: null,
    unitPrice: null,
    amount: null,
    itemRemark: null,
  };
}

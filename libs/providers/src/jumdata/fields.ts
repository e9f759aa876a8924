import type { FaceItem } from '@app/contracts';
import type { FaceTextField } from '../face';

/** Text fields of the face by jumdata's names. The day is `kprq` here although the request calls it `kqrq`. */
export const JUMDATA_FACE_FIELDS: Readonly<Record<string, FaceTextField>> = {
  fpdm: 'billCode',
  fphm: 'billNumber',
  jkrnsrsbh: 'payerCreditCode',
  jym: 'checkCode',
  jkr: 'payer',
  kprq: 'issueDate',
  skdw: 'payee',
  fhr: 'reviewer',
  skr: 'cashier',
  pjmc: 'title',
  jehj: 'totalAmount',
  jehjcn: 'totalAmountInWords',
  chrq: 'reversedDate',
  chsj: 'reversedTime',
  chyy: 'reversedReason',
  czbmyz: 'financeSealName',
  czbmyzbh: 'financeSealNumber',
};

/** Row fields of xmqd, and presumably of xmmx. */
export const JUMDATA_ITEM_FIELDS: Readonly<Record<string, keyof FaceItem>> = {
  xmxh: 'sequence',
  xmbh: 'itemCode',
  xmmc: 'itemName',
  dw: 'unit',
  sl: 'quantity',
  ggbz: 'standard',
  je: 'amount',
  bz: 'itemRemark',
};

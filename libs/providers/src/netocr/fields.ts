import type { FaceItem } from '@app/contracts';
import type { FaceTextField } from '../face';

/**
 * Text fields of the face by netocr's names. 票面金额 is `amountTax`: netocr's own `totalAmount` is the amount without tax and
 * must never become ours. Flags, the count and the lists are read apart.
 */
export const NETOCR_FACE_FIELDS: Readonly<Record<string, FaceTextField>> = {
  administrativeDivisionName: 'regionName',
  invoiceType: 'invoiceTypeText',
  invoiceCode: 'billCode',
  invoiceNumber: 'billNumber',
  billingDate: 'issueDate',
  checkCode: 'checkCode',
  amountTax: 'totalAmount',
  amountTaxCN: 'totalAmountInWords',
  purchaserName: 'payer',
  purchaserTaxNo: 'payerCreditCode',
  salesName: 'payee',
  salesTaxNo: 'payeeCode',
  receiverName: 'cashier',
  recheckName: 'reviewer',
  remarks: 'remark',
  redDate: 'reversedDate',
  redTime: 'reversedTime',
  redReason: 'reversedReason',
  financeSeal: 'financeSealName',
  financeSealNo: 'financeSealNumber',
};

/** Row fields, tried in both lists: the document does not say which list carries which. */
export const NETOCR_ITEM_FIELDS: Readonly<Record<string, keyof FaceItem>> = {
  serialNo: 'sequence',
  commodityCode: 'itemCode',
  commodityName: 'itemName',
  specificationModel: 'standard',
  unit: 'unit',
  quantity: 'quantity',
  unitPrice: 'unitPrice',
  amount: 'amount',
  notes: 'itemRemark',
};

/** The labels of netocr's table, by which the oldest envelope (`veritem`) may name its fields. */
export const NETOCR_LABELS: Readonly<Record<string, string>> = {
  查验次数: 'checkNum',
  所属行政区名称: 'administrativeDivisionName',
  发票类型: 'invoiceType',
  发票代码: 'invoiceCode',
  发票号码: 'invoiceNumber',
  开票日期: 'billingDate',
  不含税金额: 'totalAmount',
  校验码: 'checkCode',
  票面金额: 'amountTax',
  '票面金额（大写）': 'amountTaxCN',
  购方名称: 'purchaserName',
  购方税号: 'purchaserTaxNo',
  销方名称: 'salesName',
  销方税号: 'salesTaxNo',
  收款人: 'receiverName',
  复核人: 'recheckName',
  备注: 'remarks',
  入账标识: 'entryTag',
  打印标识: 'printTag',
  冲红标识: 'redTag',
  冲红日期: 'redDate',
  冲红时间: 'redTime',
  冲红原因: 'redReason',
  财政部门印章: 'financeSeal',
  财政部门印章编码: 'financeSealNo',
  明细列表: 'invoiceLists',
  项目明细: 'invoiceDetails',
  其他信息: 'otherInfos',
};

export type { Evidence, EvidenceChar, EvidenceElement, EvidenceLine, EvidencePage, EvidenceSeal } from './evidence';
export { BILL_SHAPES } from './bill-shapes';
export { readBills } from './read-bills';
export { parseAmount, formatAmount } from './money/amount';
export { parseAmountInWords, formatAmountInWords } from './money/amount-in-words';
export { parseQrPayload, type QrPayload } from './codes/qr-payload';
export { creditCodeHolds } from './checks/credit-code';
export { REGIONS, splitBillCode, type BillCodeParts } from './codes/bill-code';
export { shanghaiDay } from './checks/calendar';

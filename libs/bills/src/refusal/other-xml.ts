import type { EvidenceElement } from '../evidence';
import { elementsWhere, isNamed } from '../xml/elements';
import { wordingOf } from './look-alikes';
import type { RefusalCode } from './refusals';

/** Elements of a 数电票, whose root is called EInvoice as a fiscal bill's is: its parties with their tax numbers, its tax, its bureau. */
const TAX_ELEMENTS = [
  ...['SellerInformation', 'BuyerInformation', 'SellerIdNum', 'BuyerIdNum'],
  ...['TotalAmWithoutTax', 'TotalTaxAm', 'TotalTax-includedAmount', 'TaxSupervisionInfo', 'TaxBureauSignature'],
];

/** Whether a tree holds the parts of a tax e-invoice; one alone may be any seller's. */
export function isTaxXml(root: EvidenceElement): boolean {
  return new Set(elementsWhere([root], (element) => isNamed(element, ...TAX_ELEMENTS)).map(({ name }) => name)).size >= 2;
}

/** What XML without a fiscal bill is instead. */
export function nameOtherXml(root: EvidenceElement): RefusalCode {
  if (isTaxXml(root)) return 'digital-invoice';
  const text = elementsWhere([root], () => true)
    .map((element) => `${element.name} ${element.text}`)
    .join('\n');
  return wordingOf(text) ?? 'other-xml';
}

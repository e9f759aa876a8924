import type { EvidenceElement } from '../evidence';
import { elementsWhere } from '../xml/elements';
import { wordingOf } from './look-alikes';
import type { RefusalCode } from './refusals';

/** Element names of tax e-invoices (unconfirmed beyond samples in public code); a fiscal bill has no seller, buyer or tax. */
const TAX_ELEMENT =
  /^(seller|buyer)(information|infor?|name|idnum|taxno)$|^tax(bureausignature|supervisioninfo|rate)$|^comtaxam$|^totaltax/iu;

/** Whether a tree holds the parts of a tax e-invoice, whose root may be called EInvoice as a fiscal bill's is. */
export function isTaxXml(root: EvidenceElement): boolean {
  const names = new Set(elementsWhere([root], ({ name }) => TAX_ELEMENT.test(name)).map(({ name }) => name.toLowerCase()));
  return names.size >= 2;
}

/** What XML without a fiscal bill is instead. */
export function nameOtherXml(root: EvidenceElement): RefusalCode {
  if (isTaxXml(root)) return 'digital-invoice';
  const text = elementsWhere([root], () => true)
    .map((element) => `${element.name} ${element.text}`)
    .join('\n');
  return wordingOf(text) ?? 'other-xml';
}

import { ELEMENT_NAMES, type Reading } from '@app/contracts';
import { readBill } from './bill-reading';
import type { Evidence, EvidencePage } from './evidence';
import { joinSources } from './join-sources';
import { readPage } from './read-page';
import { isTaxInvoice, looksLikeFiscalBill, nameLookAlike } from './refusal/look-alikes';
import { isTaxXml, nameOtherXml } from './refusal/other-xml';
import { refusal, type RefusalCode } from './refusal/refusals';
import { READING_RULES_VERSION } from './rules/reading-rules-changes';
import { billElements, readXmlFace } from './xml/read-xml-face';

/** Makes a reading from what was found in a document: every bill with its fields and decision, or the reason why it is not a fiscal bill. */
export function readBills(evidence: Evidence): Omit<Reading, 'timings'> {
  const { pages, xml = [], signatures = [], today } = evidence;
  const prints = pages.flatMap(readPage).filter((print) => looksLikeFiscalBill(print, today) && !isTaxInvoice(print, today));
  const data = xml
    .filter((root) => !isTaxXml(root))
    .flatMap(billElements)
    .map(readXmlFace);
  const seen = { today, hasPages: pages.length > 0 };
  const bills = joinSources(data, prints).map(({ face, print }) =>
    readBill({ face: { ...face, signatures: [...face.signatures, ...signatures] }, print }, seen),
  );
  const sizes = pages.map(({ width, height, turned }) => ({ width, height, turned }));
  const rulesVersion = READING_RULES_VERSION;
  if (bills.length === 0) return { decision: 'refuse', refusal: refusal(whyNone(evidence)), pages: sizes, bills, rulesVersion };
  const decision = bills.every((bill) => bill.decision === 'auto') ? 'auto' : 'review';
  return { decision, refusal: null, pages: sizes, bills, rulesVersion };
}

/** What the pages are called counts before what the data is: data may be attached to anything. */
function whyNone({ pages, xml = [], today }: Evidence): RefusalCode {
  const names = pages.map((page) => nameLookAlike(page, today));
  const [root] = xml;
  return names.find((name) => name !== 'blank-page') ?? (root ? nameOtherXml(root) : 'blank-page');
}

/** Whether a page shows a bill with a value of the right form for each of its elements. */
export function hasWholeBill(page: EvidencePage): boolean {
  return readPage(page).some((print) =>
    ELEMENT_NAMES.every((element) => print.values.get(element)?.some(({ wellFormed }) => wellFormed) === true),
  );
}

/** Whether a page names itself as one of the documents that are known to be no fiscal bill, and shows nothing of one. */
export function isKnownLookAlike(page: EvidencePage, today: string): boolean {
  const name = nameLookAlike(page, today);
  if (name === 'blank-page' || name === 'not-a-bill') return false;
  return readPage(page).every((print) => !looksLikeFiscalBill(print, today) || isTaxInvoice(print, today));
}

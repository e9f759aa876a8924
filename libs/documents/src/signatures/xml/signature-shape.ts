import type { Document, Element } from '@xmldom/xmldom';
import { Certificate } from '../certificates/certificate';

export const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';

/** What an XML signature says it does, as far as that is one of the simple things that are taken. */
export interface SignatureShape {
  signatureMethod: string;
  digestMethod: string;
  certificates: Certificate[];
  /** What it leaves out of the document; null where it covers all of it. */
  leftOut: string | null;
}

export const ENVELOPED = `${XMLDSIG}enveloped-signature`;

/** Canonical forms without comments. XPath and XSLT are not among them: they choose what is signed. */
export const CANONICAL_FORMS: readonly string[] = [
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
];

const MAX_CERTIFICATES = 16;

/**
 * Reads a signature element. Taken is one that lies within the document it signs, with a single reference to the root, and no transform but
 * leaving itself out and writing the rest canonically. Gives why, where it is another.
 */
export function readSignatureShape(signature: Element): SignatureShape | string {
  const info = only(signature, 'SignedInfo');
  const reference = info && only(info, 'Reference');
  const form = info && only(info, 'CanonicalizationMethod');
  const method = info && only(info, 'SignatureMethod');
  const digest = reference && only(reference, 'DigestMethod');
  if (!reference || !form || !method || !digest) return 'it has not exactly one reference and its methods';
  if (!CANONICAL_FORMS.includes(algorithmOf(form))) return 'its canonical form is not known';
  if (!isRoot(reference.getAttribute('URI'), signature.ownerDocument)) return 'it is not of the whole document';
  if (!areHarmless(reference)) return 'its transforms are not those of a whole document';
  return {
    signatureMethod: algorithmOf(method),
    digestMethod: algorithmOf(digest),
    certificates: certificatesIn(signature),
    leftOut: holdsMore(signature) ? 'it holds something that it does not cover' : null,
  };
}

/** What a signature consists of besides the part that it signs. */
const OWN_NAMES = new Set([
  ...['SignatureValue', 'KeyInfo', 'KeyName', 'X509Data', 'X509Certificate', 'X509SubjectName', 'X509SKI', 'X509CRL', 'X509IssuerSerial'],
  ...['X509IssuerName', 'X509SerialNumber', 'KeyValue', 'RSAKeyValue', 'Modulus', 'Exponent'],
]);

/**
 * Whether anything stands within the signature that it does not sign and that is no part of signatures. Elements of bills are found by their
 * local names wherever they stand, so that an amount in here would be believed.
 */
function holdsMore(signature: Element): boolean {
  const [signed] = childrenOf(signature, 'SignedInfo');
  const unsigned = Array.from(signature.childNodes).filter((node): node is Element => node.nodeType === 1 && node !== signed);
  return unsigned.some(
    (element) => !OWN_NAMES.has(element.localName ?? '') || Array.from(element.getElementsByTagName('*')).some(isForeign),
  );
}

function isForeign({ localName }: Element): boolean {
  return !OWN_NAMES.has(localName ?? '');
}

/** Child elements of XML signatures by local name. */
export function childrenOf(element: Element, name: string): Element[] {
  return Array.from(element.childNodes).filter(
    (node): node is Element => node.nodeType === 1 && node.namespaceURI === XMLDSIG && node.localName === name,
  );
}

function only(element: Element, name: string): Element | null {
  const [child, second] = childrenOf(element, name);
  return child && !second ? child : null;
}

function algorithmOf(method: Element): string {
  return method.getAttribute('Algorithm') ?? '';
}

/** An absent URI leaves the object to the application's knowledge, and is not taken. */
function isRoot(uri: string | null, document: Document | null): boolean {
  if (uri === '') return true;
  const root = document?.documentElement;
  if (!root || !uri?.startsWith('#')) return false;
  return ['Id', 'ID', 'id'].some((name) => root.getAttribute(name) === uri.slice(1));
}

function areHarmless(reference: Element): boolean {
  const transforms = only(reference, 'Transforms');
  const [first, second, ...more] = transforms ? childrenOf(transforms, 'Transform').map(algorithmOf) : [];
  return first === ENVELOPED && (second === undefined || CANONICAL_FORMS.includes(second)) && more.length === 0;
}

function certificatesIn(signature: Element): Certificate[] {
  const data = childrenOf(signature, 'KeyInfo').flatMap((info) => childrenOf(info, 'X509Data'));
  const texts = data.flatMap((item) => childrenOf(item, 'X509Certificate')).slice(0, MAX_CERTIFICATES);
  return texts.map(({ textContent }) => Certificate.read(Buffer.from(textContent ?? '', 'base64'))).filter((read) => read !== null);
}

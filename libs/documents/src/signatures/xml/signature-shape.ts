import type { Element } from '@xmldom/xmldom';
import { Certificate } from '../certificates/certificate';
import { canonicalXml, isCanonicalForm, type CanonicalForm } from './canonical-xml';
import { parseDom } from './parse-dom';

export const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const ENVELOPED = `${XMLDSIG}enveloped-signature`;
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** What an XML signature says it does, as far as that is one of the simple things that are taken. */
export interface SignatureShape {
  /** What is under the signature. */
  signedInfo: string;
  value: Buffer;
  signatureMethod: string;
  digestMethod: string;
  digestValue: Buffer;
  /** How the document is written before its digest is taken. */
  form: CanonicalForm;
  prefixes: string[];
  certificates: Certificate[];
  /** What it leaves out of the document; null where it covers all of it. */
  leftOut: string | null;
}

const MAX_CERTIFICATES = 16;

/**
 * Reads a signature element. Taken is one that lies within the document it signs, with a single reference to the root, and no transform but
 * leaving itself out and writing the rest canonically: XPath and XSLT would choose what is signed. What it signs is read from the very text
 * that is under the signature. Gives why, where it is another.
 */
export function readSignatureShape(signature: Element): SignatureShape | string {
  const sent = only(signature, 'SignedInfo');
  const method = sent && only(sent, 'CanonicalizationMethod');
  const value = only(signature, 'SignatureValue');
  if (!sent || !method || !value) return 'it has not exactly one signed part and one value';
  const form = algorithmOf(method);
  if (!isCanonicalForm(form)) return 'its canonical form is not known';
  const signedInfo = canonicalXml(sent, form, prefixesIn(method));
  const info = parseDom(signedInfo).documentElement;
  const reference = info && readReference(info, signature);
  if (!reference || typeof reference === 'string') return reference ?? 'its signed part cannot be read';
  return {
    ...reference,
    signedInfo,
    value: base64In(value),
    certificates: certificatesIn(signature),
    leftOut: holdsMore(signature) ? 'it holds something that it does not cover' : null,
  };
}

function readReference(
  info: Element,
  signature: Element,
): Pick<SignatureShape, 'signatureMethod' | 'digestMethod' | 'digestValue' | 'form' | 'prefixes'> | string {
  const signatureMethod = only(info, 'SignatureMethod');
  const reference = only(info, 'Reference');
  const digestMethod = reference && only(reference, 'DigestMethod');
  const digestValue = reference && only(reference, 'DigestValue');
  if (!signatureMethod || !reference || !digestMethod || !digestValue) return 'it has not exactly one reference and its methods';
  if (!isRoot(reference.getAttribute('URI'), signature)) return 'it is not of the whole document';
  const transforms = only(reference, 'Transforms');
  const [enveloped, writing, ...more] = transforms ? childrenOf(transforms, 'Transform') : [];
  const form = writing ? algorithmOf(writing) : 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
  if (!enveloped || algorithmOf(enveloped) !== ENVELOPED || !isCanonicalForm(form) || more.length > 0) {
    return 'its transforms are not those of a whole document';
  }
  return {
    signatureMethod: algorithmOf(signatureMethod),
    digestMethod: algorithmOf(digestMethod),
    digestValue: base64In(digestValue),
    form,
    prefixes: writing ? prefixesIn(writing) : [],
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
  return unsigned.some((element) => isForeign(element) || Array.from(element.getElementsByTagName('*')).some(isForeign));
}

function isForeign({ localName }: Element): boolean {
  return !OWN_NAMES.has(localName ?? '');
}

/** Child elements of XML signatures by local name. */
function childrenOf(element: Element, name: string): Element[] {
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

function prefixesIn(method: Element): string[] {
  const list = Array.from(method.getElementsByTagNameNS(EXCLUSIVE, 'InclusiveNamespaces'))[0]?.getAttribute('PrefixList');
  return list?.split(/\s+/u).filter((prefix) => prefix !== '') ?? [];
}

function base64In({ textContent }: Element): Buffer {
  return Buffer.from(textContent ?? '', 'base64');
}

/** An absent address leaves the object to the application's knowledge, and is not taken. */
function isRoot(uri: string | null, signature: Element): boolean {
  const root = signature.ownerDocument?.documentElement;
  if (!root || root === signature || uri === null) return false;
  return uri === '' || (uri.startsWith('#') && ['Id', 'ID', 'id'].some((name) => root.getAttribute(name) === uri.slice(1)));
}

function certificatesIn(signature: Element): Certificate[] {
  const data = childrenOf(signature, 'KeyInfo').flatMap((info) => childrenOf(info, 'X509Data'));
  const elements = data.flatMap((item) => childrenOf(item, 'X509Certificate')).slice(0, MAX_CERTIFICATES);
  return elements.map((element) => Certificate.read(base64In(element))).filter((read) => read !== null);
}

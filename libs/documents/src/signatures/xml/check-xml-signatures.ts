import type { Element } from '@xmldom/xmldom';
import { decodeXml } from '../../xml/decode-xml';
import { readXml, type XmlElement } from '../../xml/read-xml';
import { digest } from '../algorithms/digest-algorithm';
import { verifyBytes } from '../algorithms/verify-bytes';
import type { Certificate } from '../certificates/certificate';
import type { DocumentSignature } from '../document-signature';
import { judgeSignature, type LeftOut, type SignatureJudge } from '../judge-signature';
import { readSignatureTime } from '../ofd/asn1-time';
import { notChecked, type SignatureFindings } from '../signature-findings';
import { canonicalXml } from './canonical-xml';
import { parseDom } from './parse-dom';
import { readSignatureShape, XMLDSIG, type SignatureShape } from './signature-shape';
import { xmlDigestAlgorithm, xmlSignatureAlgorithm } from './xml-algorithms';

/** The signatures of an XML document, and what an intact one vouches for. */
export interface XmlSignatures {
  signatures: DocumentSignature[];
  /**
   * The document as it was verified, without the signature; null without an intact one. To be read in place of the document, for it is
   * exactly what was signed.
   */
  verified: XmlElement | null;
}

/** Every signature costs a pass over the document. */
const MAX_SIGNATURES = 4;

const UNKNOWN: LeftOut = 'it is not known what it covers';

/**
 * Checks the signatures of an XML document that `readXml` reads: enveloped ones of the whole document (XML-DSig), by the certificate in them.
 * The e-bill's own block of signatures is found but not checked, since the form in which it is signed is not published. Throws `DocumentError`
 * for what `readXml` refuses, a DTD above all.
 */
export function checkXmlSignatures(bytes: Uint8Array, judge: SignatureJudge): XmlSignatures {
  const root = readXml(bytes);
  const own = ownBlocks(root).map((block) => judgeSignature('xml', notChecked(UNPUBLISHED, { signedAt: timeOf(block) }), UNKNOWN, judge));
  const xml = decodeXml(bytes);
  if (!xml.includes(XMLDSIG)) return { signatures: own, verified: null };
  const elements = INSTRUCTION.test(xml) ? null : signatureElements(xml);
  if (!elements)
    return {
      signatures: [judgeSignature('xml', notChecked('the document is none that is checked'), UNKNOWN, judge), ...own],
      verified: null,
    };
  const checked = elements.slice(0, MAX_SIGNATURES).map((element) => checkElement(element, elements.length > 1, judge));
  return {
    signatures: [...checked.map(({ signature }) => signature), ...own],
    verified: checked.find(({ signature, content }) => signature.state === 'intact' && content !== null)?.content ?? null,
  };
}

/** Instructions are refused, because the canonical forms of the library write them as if they were text. */
const INSTRUCTION = /<\?(?!xml\s)/iu;

const UNPUBLISHED = 'the form in which e-bills are signed is not published';

function ownBlocks(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    if (/PartySignature$/u.test(element.name)) found.push(element);
    else element.children.forEach(visit);
  };
  visit(root);
  return found.slice(0, MAX_SIGNATURES);
}

function timeOf({ children }: XmlElement): Date | null {
  return readSignatureTime(children.find(({ name }) => name === 'SignatureTime')?.text ?? '');
}

function signatureElements(xml: string): Element[] | null {
  try {
    return Array.from(parseDom(xml).getElementsByTagNameNS(XMLDSIG, 'Signature'));
  } catch {
    return null;
  }
}

interface CheckedElement {
  signature: DocumentSignature;
  content: XmlElement | null;
}

function checkElement(element: Element, hasOthers: boolean, judge: SignatureJudge): CheckedElement {
  let [findings, leftOut, content]: CheckedFindings = [notChecked('it cannot be checked'), UNKNOWN, null];
  try {
    [findings, leftOut, content] = findingsOf(element);
  } catch {
    // Refused by a library, which is no finding.
  }
  // A signature that was there first does not cover those that came later, and whose it is to be left out cannot be told.
  if (hasOthers && findings.digestMatches === false)
    findings = notChecked('other signatures stand in what it covers', { signer: findings.signer });
  return { signature: judgeSignature('xml', findings, leftOut, judge), content };
}

type CheckedFindings = [SignatureFindings, LeftOut, XmlElement | null];

function findingsOf(element: Element): CheckedFindings {
  const shape = readSignatureShape(element);
  if (typeof shape === 'string') return [notChecked(shape), UNKNOWN, null];
  const algorithm = xmlSignatureAlgorithm(shape.signatureMethod);
  const digesting = xmlDigestAlgorithm(shape.digestMethod);
  const signer = signerAmong(shape.certificates);
  if (algorithm === null || !digesting) return [notChecked('its algorithms are not known', { signer }), UNKNOWN, null];
  const content = canonicalWithout(element, shape);
  const digestMatches = digest(digesting, Buffer.from(content, 'utf8')).equals(shape.digestValue);
  const key = signer?.publicKey;
  // A difference needs no other reason.
  const reason = (why: string | null): string | null => (digestMatches ? why : null);
  if (!key)
    return [notChecked(reason('its certificate is missing, or has a key of no known kind'), { signer, digestMatches }), UNKNOWN, null];
  const data = Buffer.from(shape.signedInfo, 'utf8');
  const { fits, why } = verifyBytes({ data, signature: shape.value, algorithm: { algorithm }, digest: null, ecdsa: 'ieee-p1363', key });
  const findings: SignatureFindings = {
    digestMatches,
    signatureValid: fits,
    signer,
    carried: shape.certificates,
    signedAt: null,
    guarantors: [],
    weakness: fits === true ? (why ?? (digesting.broken ? `it rests on ${digesting.name}, which is broken` : null)) : null,
    why: fits === true ? null : reason(why),
  };
  return [findings, shape.leftOut, readXml(Buffer.from(content, 'utf8'))];
}

/** The root as it was before the signature was put into it. */
function canonicalWithout(signature: Element, { form, prefixes }: SignatureShape): string {
  const { parentNode: parent, nextSibling: next, ownerDocument } = signature;
  const root = ownerDocument?.documentElement;
  if (!parent || !root) throw new TypeError('the signature stands in no document');
  parent.removeChild(signature);
  try {
    return canonicalXml(root, form, prefixes);
  } finally {
    parent.insertBefore(signature, next);
  }
}

/** The signer's certificate is the one that issued none of the others; where only one came, that one. */
function signerAmong(certificates: readonly Certificate[]): Certificate | null {
  return certificates.find((candidate) => !certificates.some((other) => other !== candidate && other.issuer === candidate.subject)) ?? null;
}

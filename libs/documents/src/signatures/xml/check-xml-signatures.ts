import { DOMParser, type Element } from '@xmldom/xmldom';
import { decodeXml } from '../../xml/decode-xml';
import { readXml, type XmlElement } from '../../xml/read-xml';
import type { Certificate } from '../certificates/certificate';
import type { DocumentSignature } from '../document-signature';
import { judgeSignature, type LeftOut, type SignatureJudge } from '../judge-signature';
import { readSignatureTime } from '../ofd/asn1-time';
import { notChecked, type SignatureFindings } from '../signature-findings';
import { readSignatureShape, XMLDSIG } from './signature-shape';
import { verifyEnveloped } from './verify-enveloped';
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
  const elements = xml.includes(XMLDSIG) ? signatureElements(xml) : [];
  if (!elements)
    return { signatures: [judgeSignature('xml', notChecked('its signature cannot be read'), UNKNOWN, judge), ...own], verified: null };
  const checked = elements.slice(0, MAX_SIGNATURES).map((element) => checkElement(xml, element, elements.length > 1, judge));
  return {
    signatures: [...checked.map(({ signature }) => signature), ...own],
    verified: checked.find(({ signature, content }) => signature.state === 'intact' && content !== null)?.content ?? null,
  };
}

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
    const refuse = (): never => {
      throw new SyntaxError('the XML is not well formed');
    };
    return Array.from(new DOMParser({ onError: refuse }).parseFromString(xml, 'text/xml').getElementsByTagNameNS(XMLDSIG, 'Signature'));
  } catch {
    return null;
  }
}

interface CheckedElement {
  signature: DocumentSignature;
  content: XmlElement | null;
}

function checkElement(xml: string, element: Element, hasOthers: boolean, judge: SignatureJudge): CheckedElement {
  let [findings, leftOut, content]: CheckedFindings = [notChecked('it cannot be checked'), UNKNOWN, null];
  try {
    [findings, leftOut, content] = findingsOf(xml, element);
  } catch {
    // Refused by the library, which is no finding.
  }
  // A signature that was there first does not cover those that came later, and whose it is to be left out cannot be told.
  if (hasOthers && findings.digestMatches === false)
    findings = notChecked('other signatures stand in what it covers', { signer: findings.signer });
  return { signature: judgeSignature('xml', findings, leftOut, judge), content };
}

type CheckedFindings = [SignatureFindings, LeftOut, XmlElement | null];

function findingsOf(xml: string, element: Element): CheckedFindings {
  const shape = readSignatureShape(element);
  if (typeof shape === 'string') return [notChecked(shape), UNKNOWN, null];
  const algorithm = xmlSignatureAlgorithm(shape.signatureMethod);
  const digest = xmlDigestAlgorithm(shape.digestMethod);
  const [signer] = signersFirst(shape.certificates);
  const key = signer?.publicKey;
  if (algorithm === null || !digest) return [notChecked('its algorithms are not known', { signer: signer ?? null }), UNKNOWN, null];
  if (!key) return [notChecked('its certificate is missing, or has a key of no known kind'), UNKNOWN, null];
  const { digestMatches, signature, canonical } = verifyEnveloped(xml, element, shape, { key, algorithm, digest });
  const weakness = signature?.why ?? (digest.broken ? `it rests on ${digest.name}, which is broken` : null);
  const findings: SignatureFindings = {
    digestMatches,
    signatureValid: signature?.fits ?? null,
    signer,
    carried: shape.certificates,
    signedAt: null,
    guarantors: [],
    weakness,
    why: signature?.fits === true ? null : (signature?.why ?? null),
  };
  return [findings, shape.leftOut, canonical === null ? null : readXml(Buffer.from(canonical, 'utf8'))];
}

/** The signer's certificate is the one that issued none of the others; where only one came, that one. */
function signersFirst(certificates: readonly Certificate[]): Certificate[] {
  return certificates.filter((candidate) => !certificates.some((other) => other !== candidate && other.issuer === candidate.subject));
}

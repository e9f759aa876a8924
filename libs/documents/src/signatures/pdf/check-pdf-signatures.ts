import { checkCms } from '../cms/check-cms';
import type { DocumentSignature } from '../document-signature';
import { judgeSignature, type LeftOut, type SignatureJudge } from '../judge-signature';
import { notChecked, type SignatureFindings } from '../signature-findings';
import { coveredBytes } from './covered-bytes';
import { readPdfDate } from './pdf-date';

/** A signature as the PDF's dictionary gives it. */
export interface PdfSignature {
  /** The value, in DER; zeros that fill it up may follow. */
  contents: Uint8Array;
  byteRange: readonly number[];
  subFilter: string;
  /** The dictionary's M, as PDF writes dates; null without. */
  signedAt: string | null;
}

/** A bill has two or three. */
const MAX_SIGNATURES = 16;
const MAX_NAMED = 64;

const NOTHING: LeftOut = 'it is not known what it covers';

const DETACHED = new Set(['adbe.pkcs7.detached', 'ETSI.CAdES.detached']);

/** Checks each signature of a PDF against the file's bytes. Those beyond the 16th are not checked, those beyond the 64th left out. Never throws. */
export function checkPdfSignatures(file: Uint8Array, signatures: readonly PdfSignature[], judge: SignatureJudge): DocumentSignature[] {
  return signatures.slice(0, MAX_NAMED).map((signature, index) => {
    if (index >= MAX_SIGNATURES)
      return judgeSignature('pdf', notChecked(`the document has more than ${MAX_SIGNATURES} signatures`), NOTHING, judge);
    const [findings, leftOut] = checkOne(file, signature);
    return judgeSignature('pdf', findings, leftOut, judge);
  });
}

function checkOne(file: Uint8Array, signature: PdfSignature): [SignatureFindings, LeftOut] {
  const stated = readPdfDate(signature.signedAt ?? '');
  if (!DETACHED.has(signature.subFilter)) return [notChecked(whyNotTaken(signature.subFilter), { signedAt: stated }), NOTHING];
  const covered = coveredBytes(file, signature);
  if (!covered)
    return [notChecked('the range that it covers is not one of this file', { digestMatches: false, signedAt: stated }), NOTHING];
  const checked = checkCms(signature.contents, ...covered.parts);
  const findings = { ...checked, signedAt: checked.signedAt ?? stated };
  if (covered.wrong !== null) return [{ ...findings, digestMatches: false, why: covered.wrong }, covered.wrong];
  return [findings, covered.appended ? 'something was added to the file after it' : null];
}

function whyNotTaken(subFilter: string): string {
  if (/sha1$/iu.test(subFilter)) return 'it rests on SHA-1, which is broken';
  if (subFilter === 'ETSI.RFC3161') return 'it is a time stamp, and no signature of an issuer';
  return 'its form is not known';
}

/**
 * One electronic signature and what could be said of it offline. `intact`: everything that the document shows is what was signed, and the
 * signer's certificate leads to a root that the operator installed, so that it confirms what is read there. `untrusted`: it fits what it covers,
 * yet confirms nothing, for `why`: no such root, a certificate out of date, a broken algorithm, or something in the document that it does not
 * cover. `altered`: it does not fit what it covers. `notChecked`: it could not be checked, for `why`.
 */
export interface DocumentSignature {
  kind: 'pdf' | 'ofd' | 'xml';
  state: 'intact' | 'altered' | 'untrusted' | 'notChecked';
  /** 内容摘要一致: the digests of all that it covers fit; null where they could not be compared. */
  digestMatches: boolean | null;
  /** 签名有效: the signature fits the digests under the signer's key; null where it could not be computed. */
  signatureValid: boolean | null;
  /** True when it covers the whole document, and nothing was added after it. */
  coversWhole: boolean;
  /** The common name in the signer's certificate; null where there is none. Nobody vouches for it unless the signature is `intact`. */
  signer: string | null;
  /** When the signer says it was made, in ISO 8601; null where it says nothing. */
  signedAt: string | null;
  /** Why it was not checked, is altered or is not trusted, in words; null where nothing needs saying. */
  why: string | null;
}

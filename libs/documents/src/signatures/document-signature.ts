/**
 * One electronic signature and what could be said of it offline. `intact`: what it covers is unchanged and its signer's certificate leads to a
 * root that the operator installed; `untrusted`: unchanged, but no such root; `altered`: it does not fit what it covers; `notChecked`: it could
 * not be checked, for `why`.
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
  /** The common name in the signer's certificate; null where there is none. */
  signer: string | null;
  /** When the signer says it was made, in ISO 8601; null where it says nothing. */
  signedAt: string | null;
  /** Why it was not checked or is not trusted, for a log; null where nothing needs saying. */
  why: string | null;
}

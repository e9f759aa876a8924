import type { Certificate } from './certificates/certificate';

/** What computing alone says of a signature, before anyone asks who the signer is. */
export interface SignatureFindings {
  digestMatches: boolean | null;
  signatureValid: boolean | null;
  signer: Certificate | null;
  /** The certificates that came with the signature, among which a chain is looked for. */
  carried: readonly Certificate[];
  signedAt: Date | null;
  /** Who must be trusted besides the signer, such as the maker of a seal. */
  guarantors: readonly Guarantor[];
  /** What keeps a signature that fits from confirming anything, such as a broken digest; null without. */
  weakness: string | null;
  /** Why it was not checked or does not fit; null where nothing needs saying. */
  why: string | null;
}

/** Somebody else's certificate on which a signature rests, and when it was used; null for the time of the signature. */
export interface Guarantor {
  certificate: Certificate;
  role: string;
  at: Date | null;
}

/** The findings on a signature that cannot be checked, with what is known of it all the same. */
export function notChecked(why: string | null, known: Partial<SignatureFindings> = {}): SignatureFindings {
  return {
    digestMatches: null,
    signatureValid: null,
    signer: null,
    carried: [],
    signedAt: null,
    guarantors: [],
    weakness: null,
    ...known,
    why,
  };
}

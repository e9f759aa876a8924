import type { TrustedRoots } from './certificates/trusted-roots';
import type { DocumentSignature } from './document-signature';
import type { SignatureFindings } from './signature-findings';

/** What signatures are judged by: the operator's roots, and the time of judging, before which a signature must have been made. */
export interface SignatureJudge {
  roots: TrustedRoots;
  now: Date;
}

/** What a signature leaves out of the document; null when it covers the whole. */
export type LeftOut = string | null;

/** The clocks of signers run fast, and times without a zone may be hours ahead. */
const TOLERANCE_MS = 86_400_000;

/**
 * The state that findings lead to. A signature that fits but leaves something out confirms nothing of what is shown, since an addition may show
 * anything. It is `untrusted` and not `altered`, because additions are also how a document gets its second signature: a bill is signed by the
 * payee first and by the finance department afterwards, and only the last signature covers the whole.
 */
export function judgeSignature(
  kind: DocumentSignature['kind'],
  findings: SignatureFindings,
  leftOut: LeftOut,
  judge: SignatureJudge,
): DocumentSignature {
  const { digestMatches, signatureValid, signer, signedAt } = findings;
  const [state, why] = stateOf(findings, leftOut, judge);
  return {
    kind,
    state,
    digestMatches,
    signatureValid,
    coversWhole: leftOut === null,
    signer: signer?.commonName ?? null,
    signedAt: signedAt?.toISOString() ?? null,
    why,
  };
}

function stateOf(findings: SignatureFindings, leftOut: LeftOut, judge: SignatureJudge): [DocumentSignature['state'], string | null] {
  const { digestMatches, signatureValid, why } = findings;
  if (digestMatches === false) return ['altered', why ?? 'what it covers was changed'];
  if (signatureValid === false) return ['altered', why ?? 'the signature does not fit the key of its signer'];
  if (digestMatches === null || signatureValid === null || why !== null) return ['notChecked', why ?? 'it could not be computed'];
  const doubt = findings.weakness ?? leftOut ?? whyNotTrusted(findings, judge);
  return doubt === null ? ['intact', null] : ['untrusted', doubt];
}

/** Certificates are judged at the time that the signer states, there being no other; where none is stated, now. */
function whyNotTrusted({ signer, carried, signedAt, guarantors }: SignatureFindings, { roots, now }: SignatureJudge): string | null {
  if (!signer) return 'it has no certificate';
  if (signedAt && signedAt.getTime() > now.getTime() + TOLERANCE_MS) return 'it is said to have been made in the future';
  const refused = roots.whyNotTrusted(signer, carried, signedAt ?? now);
  if (refused !== null) return refused;
  for (const { certificate, role, at } of guarantors) {
    const why = roots.whyNotTrusted(certificate, carried, at ?? signedAt ?? now);
    if (why !== null) return `of ${role}: ${why}`;
  }
  return null;
}

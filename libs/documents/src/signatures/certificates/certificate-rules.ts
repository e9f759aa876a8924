import { KeyUsageFlags } from '@peculiar/asn1-x509';
import type { Certificate } from './certificate';

/** Purposes that are not the signing of documents. A certificate limited to these has no say over a bill. */
const OTHER_PURPOSES = new Set([
  '1.3.6.1.5.5.7.3.1', // TLS servers
  '1.3.6.1.5.5.7.3.3', // code
  '1.3.6.1.5.5.7.3.8', // time stamps
  '1.3.6.1.5.5.7.3.9', // revocation answers
]);

/** Why a certificate may not sign documents; null when it may. */
export function whyNoSigner(certificate: Certificate): string | null {
  return refusal(() => {
    const usage = certificate.keyUsage;
    if (usage !== null && (usage & (KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation)) === 0)
      return 'its certificate is not for signing';
    const purposes = certificate.extendedKeyUsage;
    if (purposes?.every((purpose) => OTHER_PURPOSES.has(purpose))) return 'its certificate is for another purpose';
    return null;
  });
}

/** Why a certificate may not issue others, with so many intermediate ones beneath it; null when it may. */
export function whyNoIssuer(certificate: Certificate, intermediates: number): string | null {
  return refusal(() => {
    const constraints = certificate.basicConstraints;
    if (!constraints?.cA) return 'an issuer in its chain is no authority';
    if (constraints.pathLenConstraint !== undefined && constraints.pathLenConstraint < intermediates)
      return 'its chain is longer than an issuer allows';
    const usage = certificate.keyUsage;
    return usage !== null && (usage & KeyUsageFlags.keyCertSign) === 0 ? 'an issuer in its chain may not issue certificates' : null;
  });
}

/** Why a certificate counts for nothing at this time, whatever its part; null when it counts. */
export function whyNotAt(certificate: Certificate, time: Date): string | null {
  if (!certificate.isValidAt(time)) return 'a certificate in its chain was not valid at the time of signing';
  return certificate.hasUnknownDemand ? 'a certificate in its chain makes a demand that is not understood' : null;
}

function refusal(rule: () => string | null): string | null {
  try {
    return rule();
  } catch {
    return 'a certificate in its chain is malformed';
  }
}

import { issueCertificate, type CertificateWish, type Identity } from './issue-certificate';
import type { SigningKey } from './signing-key';

/** A root, an authority under it, and who signs. */
export interface Chain {
  root: Identity;
  authority: Identity;
  signer: Identity;
}

/** A chain of three keys of one kind. `wishes` changes what is asked for the signer and for the authority. */
export function issueChain(
  makeKey: () => SigningKey,
  wishes: { signer?: Partial<CertificateWish>; authority?: Partial<CertificateWish> } = {},
): Chain {
  const root = issueCertificate({ name: 'Sample Root', key: makeKey(), authority: true });
  const authority = issueCertificate({ name: 'Sample Authority', key: makeKey(), issuer: root, authority: true, ...wishes.authority });
  const signer = issueCertificate({ name: '某某市财政局', key: makeKey(), issuer: authority, ...wishes.signer });
  return { root, authority, signer };
}

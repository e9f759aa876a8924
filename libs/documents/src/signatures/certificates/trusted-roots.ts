import { OTHER_KEY } from '../algorithms/verify-bytes';
import type { Certificate } from './certificate';
import { whyNoIssuer, whyNoSigner, whyNotAt } from './certificate-rules';
import { readCertificates } from './read-certificates';
import type { RootFile } from './root-files';
import { TrustedRootsError } from './trusted-roots.error';

const MAX_ROOTS = 1_000;
const MAX_ROOT_FILE_BYTES = 1_048_576;

/** Certificates from the signer's to the root, both counted. Chains in use have two to four. */
const MAX_CHAIN = 8;
/** Links whose signature is computed for one signer, over all the chains that are tried: a bound on what a crafted heap of certificates costs. */
const MAX_LINKS = 32;

const NO_ISSUER = 'its issuer is not among the installed roots';

/** A root as the operator sees it. */
export interface TrustedRoot {
  commonName: string | null;
  /** SHA-256 in hexadecimal. */
  fingerprint: string;
  notAfter: Date;
}

/**
 * The certificates that the operator installed. Each is trusted for what it is: an authority for what it issued, intermediate ones too, and
 * the certificate of a signer for that signer alone. Revocation is not looked up, for there is no network, and what a signature carries of it is
 * not read: a certificate that was revoked is taken away by removing what it chains to.
 */
export class TrustedRoots {
  private constructor(private readonly roots: readonly Certificate[]) {}

  static readonly none = new TrustedRoots([]);

  /** From files in PEM or DER. Throws `TrustedRootsError` for one that holds no certificate: an operator should not believe it installed. */
  static from(files: Iterable<RootFile>): TrustedRoots {
    const roots = new Map<string, Certificate>();
    for (const { name, bytes } of files) {
      const read = bytes.length > MAX_ROOT_FILE_BYTES ? null : readCertificates(bytes);
      if (!read) throw new TrustedRootsError(name, 'holds no certificate in PEM or DER, or one that cannot be read');
      for (const root of read) roots.set(root.fingerprint, root);
      if (roots.size > MAX_ROOTS) throw new TrustedRootsError(name, `makes more than ${MAX_ROOTS} certificates`);
    }
    return new TrustedRoots([...roots.values()]);
  }

  /** What is installed, for a log or a check by the operator. */
  get list(): TrustedRoot[] {
    return this.roots.map(({ commonName, fingerprint, notAfter }) => ({ commonName, fingerprint, notAfter }));
  }

  /**
   * Why a signer is not trusted, with the certificates that came with the signature; null when a chain of signatures that fit leads from its
   * certificate to an installed one, each allowed its part and valid at the time.
   */
  whyNotTrusted(signer: Certificate, carried: readonly Certificate[], at: Date): string | null {
    return whyNoSigner(signer) ?? new ChainSearch(this.roots, carried, at).whyNone([signer]);
  }
}

class ChainSearch {
  private links = 0;

  constructor(
    private readonly roots: readonly Certificate[],
    private readonly carried: readonly Certificate[],
    private readonly at: Date,
  ) {}

  /** Why no chain goes on from the last certificate of this one to a root. */
  whyNone(chain: readonly Certificate[]): string | null {
    const last = chain.at(-1);
    if (!last) return 'it has no certificate';
    const refused = whyNotAt(last, this.at);
    if (refused !== null) return refused;
    if (this.roots.some(({ fingerprint }) => fingerprint === last.fingerprint)) return null;
    let why = NO_ISSUER;
    for (const issuer of this.issuersOf(last, chain)) {
      const found = this.whyNotThrough(issuer, last, chain);
      if (found === null) return null;
      if (found !== NO_ISSUER) why = found;
    }
    return why;
  }

  private whyNotThrough(issuer: Certificate, last: Certificate, chain: readonly Certificate[]): string | null {
    if (chain.length >= MAX_CHAIN) return `its chain has more than ${MAX_CHAIN} certificates`;
    if (this.links >= MAX_LINKS) return 'its certificates make too many chains';
    const refused = whyNoIssuer(issuer, chain.length - 1);
    if (refused !== null) return refused;
    this.links += 1;
    const { fits, why } = last.isSignedBy(issuer);
    // An issuer of the same name with another key, such as an authority's former one, is none.
    if (fits !== true) return why === null || why === OTHER_KEY ? NO_ISSUER : why;
    return why === null ? this.whyNone([...chain, issuer]) : `a certificate in its chain is not believed: ${why}`;
  }

  /** Installed certificates first, so that a chain ends as soon as it can. */
  private issuersOf(certificate: Certificate, chain: readonly Certificate[]): Certificate[] {
    return [...this.roots, ...this.carried].filter(
      (issuer) => issuer.subject === certificate.issuer && !chain.some(({ fingerprint }) => fingerprint === issuer.fingerprint),
    );
  }
}

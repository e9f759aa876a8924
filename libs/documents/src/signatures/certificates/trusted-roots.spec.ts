import { X509Certificate } from 'node:crypto';
import { ecKey, issueCertificate, issueChain, rsaKey, sm2Key, USAGE, type Identity } from '@app/samples';
import { Certificate } from './certificate';
import { TrustedRoots } from './trusted-roots';
import { TrustedRootsError } from './trusted-roots.error';

const DAY_MS = 86_400_000;
const now = new Date();
const read = ({ certificate }: Identity): Certificate => Certificate.read(certificate)!;
const trusting = (...roots: Identity[]) => TrustedRoots.from(roots.map(({ name, certificate }) => ({ name, bytes: certificate })));
const pem = ({ certificate }: Identity) =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replaceAll(/(.{64})/gu, '$1\n')}\n-----END CERTIFICATE-----\n`;
const ec = issueChain(ecKey);
const whyNot = (roots: TrustedRoots, signer: Identity, ...carried: Identity[]) => roots.whyNotTrusted(read(signer), carried.map(read), now);

describe('TrustedRoots', () => {
  it.each([
    ['RSA', rsaKey],
    ['ECDSA', ecKey],
    ['SM2', sm2Key],
  ])('trusts a signer whose chain leads to a root, by %s', (_, makeKey) => {
    const { root, authority, signer } = issueChain(makeKey);
    expect(whyNot(trusting(root), signer, authority)).toBeNull();
    expect(whyNot(trusting(issueChain(makeKey).root), signer, authority)).toBe('its issuer is not among the installed roots');
  });

  it('takes an installed authority for a root, and an installed signer for himself alone', () => {
    expect(whyNot(trusting(ec.authority), ec.signer)).toBeNull();
    expect(whyNot(trusting(ec.signer), ec.signer)).toBeNull();
    const other = issueCertificate({ name: 'other', key: ecKey(), issuer: ec.signer });
    expect(whyNot(trusting(ec.signer), other)).toBe('an issuer in its chain is no authority');
  });

  it('finds the authority among the roots when the signature does not carry it', () => {
    expect(whyNot(trusting(ec.root), ec.signer)).toBe('its issuer is not among the installed roots');
    expect(whyNot(trusting(ec.root, ec.authority), ec.signer)).toBeNull();
  });

  it('does not trust by a name alone', () => {
    const namesake = issueCertificate({ name: ec.root.name, key: ecKey(), authority: true });
    const forged = issueCertificate({ name: 'forged', key: ecKey(), issuer: namesake });
    expect(whyNot(trusting(ec.root), forged, namesake)).toBe('its issuer is not among the installed roots');
    expect(whyNot(trusting(ec.root), forged)).toBe('its issuer is not among the installed roots');
  });

  it.each([
    ['a signer whose certificate is out of date', { signer: { notAfter: new Date(now.getTime() - DAY_MS) } }, /not valid at the time/u],
    ['a signer whose certificate is not valid yet', { signer: { notBefore: new Date(now.getTime() + DAY_MS) } }, /not valid at the time/u],
    ['an authority out of date', { authority: { notAfter: new Date(now.getTime() - DAY_MS) } }, /not valid at the time/u],
    ['a signer whose key is for encryption', { signer: { usage: USAGE.keyEncipherment } }, /not for signing/u],
    ['a signer whose certificate is a web server’s', { signer: { purposes: ['1.3.6.1.5.5.7.3.1'] } }, /another purpose/u],
    ['a signer whose certificate makes an unknown demand', { signer: { demand: '1.2.3.4' } }, /not understood/u],
    ['an issuer that is no authority', { authority: { authority: false } }, /no authority/u],
    ['an authority that may not issue', { authority: { usage: USAGE.digitalSignature } }, /may not issue/u],
  ])('does not trust %s', (_, wishes, why) => {
    const { root, authority, signer } = issueChain(ecKey, wishes);
    expect(whyNot(trusting(root), signer, authority)).toMatch(why);
  });

  it.each([
    ['no usage at all', { usage: null }],
    ['mail among its purposes', { purposes: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.4'] }],
  ])('trusts a signer whose certificate states %s', (_, wish) => {
    const { root, authority, signer } = issueChain(ecKey, { signer: wish });
    expect(whyNot(trusting(root), signer, authority)).toBeNull();
  });

  it('heeds how many authorities a root allows beneath itself', () => {
    const root = issueCertificate({ name: 'short', key: ecKey(), authority: true, pathLength: 0 });
    const authority = issueCertificate({ name: 'authority', key: ecKey(), issuer: root, authority: true });
    const signer = issueCertificate({ name: 'signer', key: ecKey(), issuer: authority });
    expect(whyNot(trusting(root), issueCertificate({ name: 'direct', key: ecKey(), issuer: root }))).toBeNull();
    expect(whyNot(trusting(root), signer, authority)).toBe('its chain is longer than an issuer allows');
  });

  it.each([
    ['SHA-1', () => rsaKey(2048, 'sha1'), /sha1, which is broken/u],
    ['a short RSA key', () => rsaKey(1024), /only 1024 bits/u],
  ])('does not believe a chain signed with %s', (_, makeKey, why) => {
    const root = issueCertificate({ name: 'weak', key: makeKey(), authority: true });
    expect(whyNot(trusting(root), issueCertificate({ name: 'signer', key: ecKey(), issuer: root }))).toMatch(why);
  });

  it('ends on a heap of certificates that issue each other', () => {
    const [one, other] = [ecKey(), ecKey()];
    const first = issueCertificate({ name: 'A', key: one, authority: true });
    const second = issueCertificate({ name: 'A', key: other, authority: true });
    const heap = Array.from({ length: 12 }, (_, index) =>
      issueCertificate({ name: 'A', key: index % 2 ? one : other, issuer: index % 2 ? second : first, authority: true }),
    );
    const signer = issueCertificate({ name: 'signer', key: ecKey(), issuer: first });
    expect(whyNot(trusting(ec.root), signer, first, second, ...heap)).toMatch(/too many chains/u);
  });

  it('reads files of many certificates in PEM, with text between them, and says what is installed as others do', () => {
    const bytes = Buffer.from(`subject=/CN=root\n${pem(ec.root)}issuer: x\n${pem(ec.authority)}`);
    const roots = TrustedRoots.from([{ name: 'roots.pem', bytes }]);
    expect(roots.list.map(({ commonName }) => commonName)).toEqual(['Sample Root', 'Sample Authority']);
    expect(roots.list[0]!.fingerprint).toBe(new X509Certificate(ec.root.certificate).fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it.each([
    ['no certificate', Buffer.from('roots to come')],
    ['an empty file', Buffer.alloc(0)],
    ['one certificate of two broken', Buffer.from(`${pem(ec.root)}${pem(ec.authority).replace('MII', 'AII')}`)],
    ['a private key', Buffer.from('-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----')],
  ])('refuses a file with %s, naming it', (_, bytes) => {
    expect(() => TrustedRoots.from([{ name: 'a.pem', bytes }])).toThrow(TrustedRootsError);
    expect(() => TrustedRoots.from([{ name: 'a.pem', bytes }])).toThrow(/^a\.pem: /u);
  });

  it('trusts nobody when nothing is installed', () => {
    expect(whyNot(TrustedRoots.none, ec.signer, ec.authority, ec.root)).toBe('its issuer is not among the installed roots');
  });
});

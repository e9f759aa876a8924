import { ecKey, issueChain, rsaKey, sm2Key } from '@app/samples';
import { Certificate } from './certificate';

describe('Certificate', () => {
  it.each([
    ['RSA', rsaKey],
    ['ECDSA', ecKey],
    ['SM2', sm2Key],
  ])('is read from DER (%s), whatever stands behind it', (_, makeKey) => {
    const { certificate } = issueChain(makeKey).signer;
    expect(Certificate.read(certificate)?.der).toEqual(new Uint8Array(certificate));
    expect(Certificate.read(Buffer.concat([certificate, Buffer.alloc(7)]))?.der).toEqual(new Uint8Array(certificate));
  });

  it('is not read from an encoding that its issuer did not make, in what he does not sign', () => {
    const { certificate } = issueChain(ecKey).signer;
    const algorithm = certificate.lastIndexOf(Buffer.from('06082a8648ce3d040302', 'hex'));
    const changes: [string, number, number][] = [
      ['the tag', 0, 0x80],
      ['the length', 3, 1],
      ['the tag of the algorithm', algorithm - 2, 0x80],
      ['the bits that are left over in its signature', algorithm + 12, 1],
    ];
    for (const [what, at, mask] of changes) {
      const changed = Buffer.from(certificate);
      changed[at]! ^= mask;
      expect([what, Certificate.read(changed)]).toEqual([what, null]);
    }
  });
});

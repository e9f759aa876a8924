import fc from 'fast-check';
import { ecKey, issueCertificate, issueChain, rsaKey, signOfd, sm2Key, type OfdFiles, type OfdSignatureWish } from '@app/samples';
import { TrustedRoots } from '../certificates/trusted-roots';
import { checkOfdSignatures } from './check-ofd-signatures';
import type { OfdEntries } from './ofd-entries';

const SM2 = issueChain(sm2Key);
const RSA = issueChain(rsaKey);
const now = new Date();
const judge = { roots: TrustedRoots.from([SM2, RSA].map(({ authority }) => ({ name: 'root', bytes: authority.certificate }))), now };
const distrustful = { roots: TrustedRoots.none, now };
const maker = issueCertificate({ name: '印章制作者', key: sm2Key(), issuer: SM2.authority });

const CONTENT = 'Doc_0/Pages/Page_0/Content.xml';
const VALUE = 'Doc_0/Signs/Sign_0/SignedValue.dat';
const SIGNATURE = 'Doc_0/Signs/Sign_0/Signature.xml';
const LIST = 'Doc_0/Signs/Signatures.xml';
const plain: OfdFiles = new Map(
  Object.entries({
    'OFD.xml':
      '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>',
    'Doc_0/Document.xml': '<ofd:Document/>',
    [CONTENT]: '<ofd:Page>100.00</ofd:Page>',
  }).map(([path, text]) => [path, Buffer.from(text)]),
);

const entriesOf = (files: OfdFiles): OfdEntries => ({ paths: [...files.keys()], read: (path) => files.get(path) ?? null });
const signed = (wish: Partial<OfdSignatureWish> = {}, files = plain) => signOfd(files, { signer: SM2.signer, maker, ...wish });
const check = (files: OfdFiles, by = judge) => checkOfdSignatures(entriesOf(files), by);
const withFile = (files: OfdFiles, path: string, bytes: string | Buffer) => new Map(files).set(path, Buffer.from(bytes as string));
const without = (files: OfdFiles, path: string) => new Map([...files].filter(([name]) => name !== path));
const edited = (files: OfdFiles, path: string, from: string, to: string) =>
  withFile(files, path, files.get(path)!.toString('latin1').replace(from, to));

const FORMS = [
  ['a seal by GB/T 38540', { form: 'v4' }],
  ['a seal by GB/T 38540 that lists digests', { form: 'v4', listedAs: 'digests' }],
  ['a seal by GM/T 0031', { form: 'v1' }],
  ['PKCS #7 with SM2', { form: 'pkcs7' }],
  ['a seal with RSA', { form: 'v4', signer: RSA.signer, maker: RSA.signer }],
  ['PKCS #7 with RSA', { form: 'pkcs7', signer: RSA.signer }],
] as const satisfies readonly (readonly [string, Partial<OfdSignatureWish>])[];

describe('checkOfdSignatures', () => {
  it.each(FORMS)('finds %s intact', (_, wish) => {
    expect(check(signed({ signedAt: new Date('2026-03-04T05:06:07Z'), ...wish }))).toEqual([
      {
        kind: 'ofd',
        state: 'intact',
        digestMatches: true,
        signatureValid: true,
        coversWhole: true,
        signer: '某某市财政局',
        signedAt: '2026-03-04T05:06:07.000Z',
        why: null,
      },
    ]);
  });

  it.each(FORMS)('finds a page that was changed under %s altered, whoever signed it', (_, wish) => {
    for (const by of [judge, distrustful]) {
      expect(check(withFile(signed(wish), CONTENT, '<ofd:Page>900.00</ofd:Page>'), by)).toMatchObject([
        { state: 'altered', digestMatches: false, signatureValid: true, why: 'a file that it covers was changed' },
      ]);
    }
  });

  it.each(FORMS)('finds a digest that was changed along with its page under %s altered', (_, wish) => {
    const other = signed(wish, withFile(plain, CONTENT, '<ofd:Page>900.00</ofd:Page>'));
    const files = withFile(other, VALUE, signed(wish).get(VALUE)!);
    expect(check(files)).toMatchObject([{ state: 'altered', digestMatches: false }]);
  });

  it.each(FORMS)('finds %s of an issuer who is not installed untrusted', (_, wish) => {
    expect(check(signed(wish), distrustful)).toMatchObject([{ state: 'untrusted', why: 'its issuer is not among the installed roots' }]);
  });

  it.each(FORMS)('finds the changed signature of %s altered', (_, wish) => {
    const files = signed(wish);
    const value = Buffer.from(files.get(VALUE)!);
    value[value.length - 1] = value.at(-1)! ^ 1;
    expect(check(withFile(files, VALUE, value))).toMatchObject([{ state: 'altered', digestMatches: true, signatureValid: false }]);
  });

  it.each(['v4', 'v1'] as const)('finds a seal (%s) altered that its signer changed and signed anew', (form) => {
    expect(check(signed({ form, picture: Buffer.from('another picture') }))).toMatchObject([{ state: 'intact' }]);
    const forged = signed({ form, picture: Buffer.from('another picture'), sealMadeFor: Buffer.from('a picture') });
    expect(check(forged)).toMatchObject([{ state: 'altered', digestMatches: true, why: 'the seal in it was not made by its maker' }]);
  });

  it.each([
    ['was not in force any more', { sealTo: new Date('2026-03-03') }, 'its seal was not in force at the time of signing'],
    ['was not in force yet', { sealFrom: new Date('2026-03-05') }, 'its seal was not in force at the time of signing'],
    ['lists others', { listed: [RSA.signer.certificate] }, 'its signer is not among those of the seal'],
    ['lists the digests of others', { listed: [RSA.signer.certificate], listedAs: 'digests' }, 'its signer is not among those of the seal'],
    ['was made by a stranger', { maker: issueChain(sm2Key).signer }, "of the seal's maker: its issuer is not among the installed roots"],
  ] as const)('does not trust a signer whose seal %s', (_, wish, why) => {
    expect(check(signed({ signedAt: new Date('2026-03-04'), ...wish }))).toMatchObject([{ state: 'untrusted', signatureValid: true, why }]);
  });

  it('does not trust a signer whose certificate is out of date or for encryption', () => {
    const dated = issueCertificate({ name: 'a', key: sm2Key(), issuer: SM2.authority, notAfter: new Date('2026-03-03') });
    const cipher = issueCertificate({ name: 'b', key: sm2Key(), issuer: SM2.authority, usage: 0x20 });
    expect(check(signed({ signer: dated, signedAt: new Date('2026-03-02') }))).toMatchObject([{ state: 'intact' }]);
    expect(check(signed({ signer: dated, signedAt: new Date('2026-03-04') }))).toMatchObject([
      { state: 'untrusted', why: 'a certificate in its chain was not valid at the time of signing' },
    ]);
    expect(check(signed({ signer: cipher }))).toMatchObject([{ state: 'untrusted', why: 'its certificate is not for signing' }]);
  });

  it.each([
    ['a page', CONTENT],
    ['the entry point', 'OFD.xml'],
  ])('does not confirm a document of which %s is left out', (_, path) => {
    expect(check(signed({ leaveOut: [path] }))).toMatchObject([
      { state: 'untrusted', coversWhole: false, why: 'it does not cover every file' },
    ]);
  });

  it('does not confirm a document to which a file was added', () => {
    expect(check(withFile(signed(), 'Doc_0/Annots/Annot_0.xml', '<a/>'))).toMatchObject([{ state: 'untrusted', coversWhole: false }]);
  });

  it('finds a document altered of which a file was taken away', () => {
    expect(check(without(signed(), 'Doc_0/Document.xml'))).toMatchObject([{ state: 'altered', why: 'a file that it covers is missing' }]);
  });

  it('finds both of two signatures intact, since the second changes nothing that the first covers', () => {
    const twice = signed({ signer: RSA.signer, maker: RSA.signer }, signed());
    expect(check(twice)).toMatchObject([
      { state: 'intact', coversWhole: true },
      { state: 'intact', coversWhole: true },
    ]);
  });

  it('lets no list set a page apart that lies outside its folder', () => {
    const files = signed({ leaveOut: [CONTENT] });
    const bogus = `<ofd:Signature><ofd:SignedInfo/><ofd:SignedValue>/${CONTENT}</ofd:SignedValue></ofd:Signature>`;
    const listed = edited(files, LIST, '</ofd:Signatures>', '<ofd:Signature ID="9" BaseLoc="Sign_9/Signature.xml"/></ofd:Signatures>');
    expect(check(withFile(listed, 'Doc_0/Signs/Sign_9/Signature.xml', bogus))).toMatchObject([
      { state: 'untrusted', coversWhole: false },
      { state: 'notChecked' },
    ]);
  });

  it('compares the seal that is kept beside with the one in the signature', () => {
    const files = signed({ keepSeal: true });
    const seal = 'Doc_0/Signs/Sign_0/Seal.esl';
    expect(check(files)).toMatchObject([{ state: 'intact', coversWhole: true }]);
    expect(check(withFile(files, seal, signed({ keepSeal: true, maker: RSA.signer }).get(seal)!))).toMatchObject([
      { state: 'altered', digestMatches: false, why: 'the seal beside it is not the one in it' },
    ]);
  });

  it('does not trust digests that are broken', () => {
    expect(check(signed({ checkMethod: 'MD5' }))).toMatchObject([{ state: 'untrusted', why: 'it rests on md5, which is broken' }]);
  });

  it('takes matching digests alone for nothing', () => {
    expect(check(without(signed(), VALUE))).toMatchObject([
      { state: 'notChecked', digestMatches: true, signatureValid: null, why: 'its value is missing' },
    ]);
    expect(check(withFile(signed(), VALUE, Buffer.alloc(64, 7)))).toMatchObject([
      { state: 'notChecked', digestMatches: true, signatureValid: null },
    ]);
  });

  it.each([
    ['no OFD.xml', without(signed(), 'OFD.xml'), []],
    ['an OFD.xml with a DTD', withFile(signed(), 'OFD.xml', '<!DOCTYPE a><a/>'), [{ state: 'notChecked' }]],
    ['no list', without(signed(), LIST), []],
    ['a broken list', withFile(signed(), LIST, '<a>'), [{ state: 'notChecked' }]],
    ['no Signature.xml', without(signed(), SIGNATURE), [{ state: 'notChecked', why: 'its Signature.xml is missing' }]],
    ['a broken Signature.xml', withFile(signed(), SIGNATURE, '<a>'), [{ state: 'notChecked' }]],
    ['an unknown digest', edited(signed(), SIGNATURE, '1.2.156.10197.1.401', '1.2.3'), [{ state: 'notChecked' }]],
    ['a list of names that lead out', edited(signed(), LIST, 'Sign_0/', '../../../../'), []],
  ])('makes no more of %s than there is', (_, files, results) => expect(check(files)).toMatchObject(results));

  it('checks no more than 16 signatures, and hashes an entry once', () => {
    const files = signed();
    const entry = /<ofd:Signature .*?\/>/u.exec(files.get(LIST)!.toString())![0];
    const many = withFile(files, LIST, `<a>${entry.repeat(500)}</a>`);
    let reads = 0;
    const entries = entriesOf(many);
    const counting: OfdEntries = {
      paths: entries.paths,
      read: (path) => {
        if (path === CONTENT) reads += 1;
        return entries.read(path);
      },
    };
    expect(checkOfdSignatures(counting, judge)).toHaveLength(16);
    expect(reads).toBe(1);
  });

  it.each(['v4', 'v1'] as const)('takes no signature (%s) for whole that is said to end within a byte', (form) => {
    const chain = issueChain(ecKey);
    const files = signOfd(plain, { signer: chain.signer, form });
    const by = { roots: TrustedRoots.from([{ name: 'a', bytes: chain.authority.certificate }]), now };
    const value = files.get(VALUE)!;
    // ecdsa-with-SHA256 and the tag of a BIT STRING; its length is one byte, and the next counts the bits that are left over.
    const before = Buffer.from('2a8648ce3d04030203', 'hex');
    let found = 0;
    for (let at = value.indexOf(before); at >= 0; at = value.indexOf(before, at + 1)) {
      const broken = Buffer.from(value);
      broken[at + before.length + 1]! ^= 1;
      expect(check(withFile(files, VALUE, broken), by)).not.toMatchObject([{ state: 'intact' }]);
      found += 1;
    }
    expect(found).toBeGreaterThan(0);
  });

  it('neither throws nor is deceived by broken values', () => {
    for (const form of ['v4', 'v1'] as const) {
      const chain = issueChain(ecKey);
      const files = signOfd(plain, { signer: chain.signer, form });
      const by = { roots: TrustedRoots.from([{ name: 'a', bytes: chain.authority.certificate }]), now };
      const [sound] = check(files, by);
      expect(sound).toMatchObject({ state: 'intact' });
      const value = files.get(VALUE)!;
      const damage = fc.array(fc.tuple(fc.nat(value.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(damage, (places) => {
          const broken = Buffer.from(value);
          for (const [at, mask] of places) broken[at] = broken[at]! ^ mask;
          const [result] = check(withFile(files, VALUE, broken), by);
          // The tag and the length around the whole are signed by nobody; everything within counts.
          if (!broken.subarray(4).equals(value.subarray(4))) expect(result!.state).not.toBe('intact');
          else if (result!.state === 'intact') expect(result).toEqual(sound);
        }),
        { seed: 11, numRuns: 200 },
      );
    }
    const { signer } = issueChain(ecKey);
    const files = signOfd(plain, { signer });
    fc.assert(
      fc.property(fc.constantFrom('OFD.xml', LIST, SIGNATURE, VALUE), fc.uint8Array({ maxLength: 300 }), (path, garbage) => {
        for (const { state } of check(withFile(files, path, Buffer.from(garbage)))) expect(state).toMatch(/^(?:notChecked|altered)$/u);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

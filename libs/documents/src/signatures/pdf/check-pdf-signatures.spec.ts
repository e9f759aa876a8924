import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { ecKey, issueChain, rsaKey, signCms, signPdf, sm2Key, type PdfSignatureWish } from '@app/samples';
import { TrustedRoots } from '../certificates/trusted-roots';
import { checkPdfSignatures, type PdfSignature } from './check-pdf-signatures';

const DAY_MS = 86_400_000;
const CHAINS = { RSA: issueChain(rsaKey), ECDSA: issueChain(ecKey), SM2: issueChain(sm2Key) };
const chain = CHAINS.RSA;
const now = new Date();
const judge = { roots: TrustedRoots.from(Object.values(CHAINS).map(({ root }) => ({ name: 'root', bytes: root.certificate }))), now };
const distrustful = { roots: TrustedRoots.none, now };
const carried = ({ signer, authority }: typeof chain) => [signer.certificate, authority.certificate];

const plain = Buffer.from(
  [
    '%PDF-1.7',
    '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj',
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj',
    '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Title (100.00) >>\nendobj',
    'xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n ',
    'trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n210\n%%EOF\n',
  ].join('\n'),
);

/** The signatures of a file as its dictionaries give them, in order. */
function signaturesIn(file: Buffer): PdfSignature[] {
  const text = file.toString('latin1');
  return [...text.matchAll(/\/SubFilter \/(\S+) \/ByteRange \[([\d ]+)\] \/Contents <([0-9a-f]+)>(?: \/M \((.*?)\))?/gu)].map(
    ([, subFilter = '', range = '', contents = '', signedAt]) => ({
      subFilter,
      byteRange: range.trim().split(' ').map(Number),
      contents: Buffer.from(contents, 'hex'),
      signedAt: signedAt ?? null,
    }),
  );
}

const signed = (wish: Partial<PdfSignatureWish> = {}, pdf: Buffer = plain) =>
  signPdf(pdf, { signer: chain.signer, certificates: carried(chain), ...wish });
const check = (file: Buffer, by = judge) => checkPdfSignatures(file, signaturesIn(file), by);
const changed = (file: Buffer, from: string, to: string) => Buffer.from(file.toString('latin1').replace(from, to), 'latin1');

describe('checkPdfSignatures', () => {
  it.each(Object.entries(CHAINS))('finds a signature by %s intact', (_, { signer, authority }) => {
    const file = signPdf(plain, {
      signer,
      certificates: [signer.certificate, authority.certificate],
      signedAt: new Date('2026-03-04T05:06:07Z'),
    });
    expect(check(file)).toEqual([
      {
        kind: 'pdf',
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

  it.each([
    ['with the numbers of GM/T 0010', { numbers: 'gm' }],
    ['over the content itself', { signedAt: null }],
    ['of the newer form', { subFilter: 'ETSI.CAdES.detached' }],
  ] as const)('finds a signature %s intact', (_, wish) => {
    const { signer, authority } = CHAINS.SM2;
    const file = signPdf(plain, { signer, certificates: [signer.certificate, authority.certificate], ...wish });
    expect(check(file)).toMatchObject([{ state: 'intact' }]);
  });

  it('signs and checks what a common maker of PDF writes', async () => {
    const document = new PDFDocument();
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    const done = new Promise((resolve) => document.on('end', resolve));
    document.text('100.00').end();
    await done;
    const file = signed({}, Buffer.concat(chunks));
    expect(check(file)).toMatchObject([{ state: 'intact', coversWhole: true }]);
  });

  it('finds a changed file altered, whoever signed it', () => {
    for (const by of [judge, distrustful]) {
      expect(check(changed(signed(), '100.00', '900.00'), by)).toMatchObject([
        { state: 'altered', digestMatches: false, signatureValid: true },
      ]);
    }
  });

  it('finds a changed file altered where the signature is over the content itself', () => {
    expect(check(changed(signed({ signedAt: null }), '100.00', '900.00'))).toMatchObject([
      { state: 'altered', digestMatches: false, signatureValid: false },
    ]);
  });

  it('finds a changed signature altered', () => {
    const file = signed();
    const [signature] = signaturesIn(file);
    const value = signCms(Buffer.from('something else'), { signer: chain.signer, certificates: carried(chain) });
    const last = value.at(-1)!;
    value[value.length - 1] = last ^ 1;
    expect(checkPdfSignatures(file, [{ ...signature!, contents: value }], judge)).toMatchObject([
      { state: 'altered', signatureValid: false },
    ]);
    const text = file.toString('latin1');
    const end = /0*> \/M/u.exec(text)!.index;
    const broken = Buffer.from(`${text.slice(0, end - 2)}${text.slice(end - 2, end) === '00' ? '11' : '00'}${text.slice(end)}`, 'latin1');
    expect(check(broken)).toMatchObject([{ state: 'altered', digestMatches: true, signatureValid: false }]);
  });

  it('finds a signature by an issuer who is not installed untrusted, and says so', () => {
    expect(check(signed(), distrustful)).toMatchObject([
      {
        state: 'untrusted',
        digestMatches: true,
        signatureValid: true,
        coversWhole: true,
        why: 'its issuer is not among the installed roots',
      },
    ]);
  });

  it('judges certificates at the time that the signer states', () => {
    const expired = issueChain(ecKey, { signer: { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') } });
    const authority = { notBefore: new Date('2019-01-01') };
    const old = issueChain(ecKey, { signer: { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') }, authority });
    const by = {
      roots: TrustedRoots.from([old.authority, expired.authority].map(({ certificate }) => ({ name: 'a', bytes: certificate }))),
      now,
    };
    const sign = (signedAt: Date) => check(signPdf(plain, { signer: old.signer, signedAt }), by);
    expect(sign(new Date('2020-06-01'))).toMatchObject([{ state: 'intact' }]);
    expect(sign(new Date('2021-06-01'))).toMatchObject([
      { state: 'untrusted', why: 'a certificate in its chain was not valid at the time of signing' },
    ]);
  });

  it('does not trust a signature from the future', () => {
    expect(check(signed({ signedAt: new Date(now.getTime() + 3 * DAY_MS) }))).toMatchObject([
      { state: 'untrusted', why: 'it is said to have been made in the future' },
    ]);
  });

  it('does not trust SHA-1', () => {
    const weak = issueChain(() => rsaKey(2048, 'sha1'));
    const by = { roots: TrustedRoots.from([{ name: 'signer', bytes: weak.signer.certificate }]), now };
    const file = signPdf(plain, { signer: weak.signer });
    expect(check(file, by)).toMatchObject([{ state: 'untrusted', digestMatches: true, why: 'it rests on sha1, which is broken' }]);
    expect(check(changed(file, '100.00', '900.00'), by)).toMatchObject([{ state: 'altered' }]);
  });

  it('confirms by the last of two signatures only', () => {
    const twice = signed({}, signed());
    expect(check(twice)).toMatchObject([
      {
        state: 'untrusted',
        digestMatches: true,
        signatureValid: true,
        coversWhole: false,
        why: 'something was added to the file after it',
      },
      { state: 'intact', coversWhole: true },
    ]);
  });

  it('does not confirm a file to which something was added', () => {
    const file = Buffer.concat([signed(), Buffer.from('3 0 obj\n<< /Title (900.00) >>\nendobj\n%%EOF\n')]);
    expect(check(file)).toMatchObject([{ state: 'untrusted', coversWhole: false }]);
  });

  it.each([
    ['leaves out more than its value', (range: number[], from: number) => [0, from, range[2]!, range[3]!]],
    ['begins behind the start', (range: number[]) => [1, range[1]! - 1, range[2]!, range[3]!]],
    ['ends behind the end', (range: number[]) => [0, range[1]!, range[2]!, range[3]! + 1]],
    ['goes backwards', (range: number[]) => [0, range[2]!, range[1]!, range[3]!]],
    ['has a part too many', (range: number[]) => [...range, 1, 1]],
    ['is empty', () => []],
    ['is negative', (range: number[]) => [0, range[1]!, range[2]!, -1]],
    ['is no number', (range: number[]) => [0, range[1]!, range[2]!, NaN]],
  ])('finds a range that %s altered', (_, craft) => {
    const file = signed();
    const [signature] = signaturesIn(file);
    const range = craft([...signature!.byteRange], file.indexOf('100.00'));
    const covered =
      range.length === 4 && range[0] === 0 ? Buffer.concat([file.subarray(0, range[1]), file.subarray(range[2])]) : Buffer.alloc(0);
    // Signed anew, so that only the range is wrong.
    const contents = signCms(covered, { signer: chain.signer, certificates: carried(chain) });
    expect(checkPdfSignatures(file, [{ ...signature!, byteRange: range, contents }], judge)).toMatchObject([
      { state: 'altered', digestMatches: false },
    ]);
  });

  it.each([
    ['adbe.pkcs7.sha1', 'it rests on SHA-1, which is broken'],
    ['adbe.x509.rsa_sha1', 'it rests on SHA-1, which is broken'],
    ['ETSI.RFC3161', 'it is a time stamp, and no signature of an issuer'],
    ['Example.own', 'its form is not known'],
  ])('does not check %s', (subFilter, why) => {
    expect(check(signed({ subFilter }))).toMatchObject([{ state: 'notChecked', digestMatches: null, why }]);
  });

  it('does not check a signature without its certificate', () => {
    expect(check(signed({ certificates: [chain.authority.certificate] }))).toMatchObject([
      { state: 'notChecked', digestMatches: true, signatureValid: null },
    ]);
  });

  it('finds a changed file altered even where the certificate is missing', () => {
    const file = changed(signed({ certificates: [chain.authority.certificate] }), '100.00', '900.00');
    expect(check(file)).toMatchObject([
      { state: 'altered', digestMatches: false, signatureValid: null, why: 'what it covers was changed' },
    ]);
  });

  it('checks no more signatures than a bill can have', () => {
    const file = signed();
    const [signature] = signaturesIn(file);
    const results = checkPdfSignatures(
      file,
      Array.from({ length: 1_000 }, () => signature!),
      judge,
    );
    expect(results.filter(({ state }) => state === 'intact')).toHaveLength(16);
    expect(results).toHaveLength(64);
  });

  it('neither throws nor is deceived by broken values', () => {
    const file = signed();
    const [signature] = signaturesIn(file);
    const sound = check(file)[0]!;
    const contents = Buffer.from(signature!.contents);
    const used = contents.length - Math.floor(/0*$/u.exec(contents.toString('hex'))![0].length / 2);
    // Versions, repeated names of algorithms and the like are signed by nobody; what counts are these.
    const attributes = contents.indexOf(Buffer.from('2a864886f70d010903', 'hex'));
    const vital: [number, number][] = [
      [contents.indexOf(chain.signer.certificate) + 8, chain.signer.certificate.length - 8],
      [attributes, used - attributes],
    ];
    const isVital = (at: number) => vital.some(([start, length]) => at >= start && at < start + length);
    const damage = fc.array(fc.tuple(fc.nat(used - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
    let vitalRuns = 0;
    fc.assert(
      fc.property(damage, (places) => {
        const broken = Buffer.from(contents);
        for (const [at, mask] of places) broken[at] = broken[at]! ^ mask;
        // In the file too, so that nothing but the value is wrong.
        const damaged = Buffer.from(file);
        damaged.write(broken.toString('hex'), signature!.byteRange[1]! + 1, 'latin1');
        const [result] = checkPdfSignatures(damaged, [{ ...signature!, contents: broken }], judge);
        const differs = places.some(([at]) => isVital(at) && broken[at] !== contents[at]);
        if (differs) vitalRuns += 1;
        if (differs) expect(result!.state).not.toBe('intact');
        else if (result!.state === 'intact') expect(result).toEqual(sound);
      }),
      { seed: 7, numRuns: 250 },
    );
    expect(vitalRuns).toBeGreaterThan(150);
  });

  it('takes bytes of any kind in place of a value', () => {
    const file = signed();
    const [signature] = signaturesIn(file);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        const value = Buffer.from(garbage).toString('hex');
        const damaged = Buffer.from(file);
        damaged.write(value.padEnd(signature!.contents.length * 2, '0'), signature!.byteRange[1]! + 1, 'latin1');
        const [result] = checkPdfSignatures(damaged, [{ ...signature!, contents: garbage }], judge);
        expect(result!.state).toMatch(/^(?:notChecked|altered)$/u);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it.each([
    ['deep nesting', Buffer.concat(Array.from({ length: 60_000 }, () => Buffer.from([0x30, 0x80])))],
    ['a length beyond its end', Buffer.from('3084ffffffff02', 'hex')],
    ['many empty values', Buffer.concat([Buffer.from('3083200000', 'hex'), Buffer.alloc(0x200000, Buffer.from('0500', 'hex'))])],
  ])('takes %s for what cannot be read', (_, value) => {
    const file = signed({ room: 8_192 });
    const [signature] = signaturesIn(file);
    expect(checkPdfSignatures(file, [{ ...signature!, contents: value }], judge)).toMatchObject([{ state: 'altered' }]);
  });
});

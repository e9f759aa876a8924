import fc from 'fast-check';
import { billXml, ecKey, issueChain, rsaKey, sampleBill, signXml, sm2Key, type XmlSignatureWish } from '@app/samples';
import { DocumentError } from '../../document.error';
import { readXml } from '../../xml/read-xml';
import { TrustedRoots } from '../certificates/trusted-roots';
import { checkXmlSignatures } from './check-xml-signatures';

const CHAINS = { RSA: issueChain(rsaKey), ECDSA: issueChain(ecKey), SM2: issueChain(sm2Key) };
const chain = CHAINS.RSA;
const now = new Date();
const judge = { roots: TrustedRoots.from(Object.values(CHAINS).map(({ root }) => ({ name: 'root', bytes: root.certificate }))), now };
const distrustful = { roots: TrustedRoots.none, now };
const carried = ({ signer, authority }: typeof chain) => [signer.certificate, authority.certificate];

const plain =
  '<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice Id="bill"><Main a="1"><TotalAmount>100.00</TotalAmount></Main><Empty/></EInvoice>';
const signed = (wish: Partial<XmlSignatureWish> = {}, xml = plain) =>
  signXml(xml, { signer: chain.signer, certificates: carried(chain), ...wish });
const check = (xml: string, by = judge) => checkXmlSignatures(Buffer.from(xml), by);
const states = (xml: string, by = judge) => check(xml, by).signatures;

describe('checkXmlSignatures', () => {
  it('finds a signature of the whole document intact, and gives what it vouches for', () => {
    const { signatures, verified } = check(signed());
    expect(signatures).toEqual([
      {
        kind: 'xml',
        state: 'intact',
        digestMatches: true,
        signatureValid: true,
        coversWhole: true,
        signer: '某某市财政局',
        signedAt: null,
        why: null,
      },
    ]);
    expect(verified).toEqual(readXml(Buffer.from(plain)));
  });

  it.each([
    ['ECDSA', CHAINS.ECDSA, 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'],
    ['an RSA signature of one element, the root', chain, undefined, undefined],
  ])('finds %s intact', (name, { signer, authority }, signatureAlgorithm, digestAlgorithm) => {
    const wish = {
      signer,
      certificates: [signer.certificate, authority.certificate],
      signatureAlgorithm,
      digestAlgorithm,
    };
    expect(states(signXml(plain, { ...wish, xpath: name === 'ECDSA' ? undefined : '/*' }))).toMatchObject([{ state: 'intact' }]);
  });

  it('signs and checks a whole bill', () => {
    const xml = billXml(sampleBill(1, { today: '2026-03-04' }));
    const { signatures, verified } = check(signed({}, xml));
    expect(signatures).toMatchObject([{ state: 'intact' }]);
    expect(verified).toEqual(readXml(Buffer.from(xml)));
  });

  it('finds SM2 with SM3 intact, where they are named by their numbers', () => {
    const { signer, authority } = CHAINS.SM2;
    const xml = signXml(plain, {
      signer,
      certificates: [signer.certificate, authority.certificate],
      signatureAlgorithm: 'urn:oid:1.2.156.10197.1.501',
      digestAlgorithm: 'urn:oid:1.2.156.10197.1.401',
    });
    expect(states(xml)).toMatchObject([{ state: 'intact' }]);
    expect(states(xml.replace('100.00', '900.00'))).toMatchObject([{ state: 'altered' }]);
  });

  it.each([
    ['text', '100.00', '900.00'],
    ['an attribute', 'a="1"', 'a="2"'],
    ['a further element', '<Empty/>', '<Empty/><Main><TotalAmount>900.00</TotalAmount></Main>'],
    ['an element less', '<Empty/>', ''],
  ])('finds a document with another %s altered, whoever signed it', (_, from, to) => {
    for (const by of [judge, distrustful]) {
      const { signatures, verified } = check(signed().replace(from, to), by);
      expect(signatures).toMatchObject([{ state: 'altered', digestMatches: false }]);
      expect(verified).toBeNull();
    }
  });

  it.each([
    ['its value', /(<SignatureValue>)(.)/u, (_: string, tag: string, first: string) => `${tag}${first === 'A' ? 'B' : 'A'}`],
    ['what it signs', /<Transforms>/u, () => '<Transforms Id="x">'],
  ])('finds a signature altered that was changed in %s', (_, pattern, by) => {
    expect(states(signed().replace(pattern, by as never))).toMatchObject([
      { state: 'altered', digestMatches: true, signatureValid: false },
    ]);
  });

  it('finds a signature by an issuer who is not installed untrusted, and vouches for nothing', () => {
    const { signatures, verified } = check(signed(), distrustful);
    expect(signatures).toMatchObject([{ state: 'untrusted', signatureValid: true, why: 'its issuer is not among the installed roots' }]);
    expect(verified).toBeNull();
  });

  it('judges certificates now, for nobody says when it was signed', () => {
    const old = issueChain(ecKey, { signer: { notAfter: new Date('2021-01-01') } });
    const xml = signXml(plain, { signer: old.signer, signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' });
    const roots = TrustedRoots.from([{ name: 'a', bytes: old.authority.certificate }]);
    expect(states(xml, { roots, now })).toMatchObject([
      { state: 'untrusted', why: 'a certificate in its chain was not valid at the time of signing' },
    ]);
  });

  it('does not trust SHA-1, in the digest or under the signature', () => {
    expect(states(signed({ digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' }))).toMatchObject([
      { state: 'untrusted', why: 'it rests on sha1, which is broken' },
    ]);
    const { signer } = issueChain(() => rsaKey(2048, 'sha1'));
    const roots = TrustedRoots.from([{ name: 'a', bytes: signer.certificate }]);
    expect(
      states(signXml(plain, { signer, signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }), { roots, now }),
    ).toMatchObject([{ state: 'untrusted' }]);
  });
});

describe('canonical forms', () => {
  const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
  const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const namespaced =
    '<f:EInvoice xmlns:f="urn:f" xmlns="urn:d" xmlns:unused="urn:u"><Main b="2" a="&lt;&quot;"><f:A xmlns:f="urn:g">1&amp;2 &gt;</f:A><B xmlns=""/></Main></f:EInvoice>';

  it.each([
    ['exclusive', EXCLUSIVE, EXCLUSIVE, undefined],
    ['inclusive', C14N, C14N, undefined],
    ['inclusive under the signature', C14N, EXCLUSIVE, undefined],
    ['inclusive under a signature with a prefix', C14N, EXCLUSIVE, 'ds'],
    ['inclusive of the document', EXCLUSIVE, C14N, 'ds'],
  ])('are understood as another implementation writes them: %s', (_, form, documentForm, prefix) => {
    const xml = signed({ form, documentForm, prefix }, namespaced);
    expect(states(xml)).toMatchObject([{ state: 'intact' }]);
    expect(states(xml.replace('urn:g', 'urn:h'))).toMatchObject([{ state: 'altered' }]);
  });
});

describe('documents made to mislead', () => {
  it('vouches for nothing that stands within the signature itself', () => {
    const forged = '<Object><Main><TotalAmount>900.00</TotalAmount></Main></Object>';
    const xml = signed().replace('</SignatureValue>', `</SignatureValue>${forged}`);
    const { signatures, verified } = check(xml);
    expect(signatures).toMatchObject([{ state: 'untrusted', digestMatches: true, coversWhole: false }]);
    expect(verified).toBeNull();
  });

  it.each([
    ['among the certificates', /<X509Data>/u],
    ['beside the certificates', /<KeyInfo>/u],
    ['beside what it signs', /<\/SignedInfo>/u],
    ['in its value', /<SignatureValue>/u],
  ])('vouches for nothing where another amount is hidden %s', (_, place) => {
    for (const namespace of ['', ' xmlns=""']) {
      const hidden = `<TotalAmount${namespace}>900.00</TotalAmount>`;
      const xml = signed().replace(place, `$&${hidden}`);
      const { signatures, verified } = check(xml);
      expect(signatures[0]!.state).not.toBe('intact');
      expect(verified).toBeNull();
    }
  });

  it('vouches for nothing in a second part of the name of what is signed', () => {
    const hidden = '<SignedInfo xmlns=""><TotalAmount>900.00</TotalAmount></SignedInfo>';
    expect(states(signed().replace('</SignedInfo>', `</SignedInfo>${hidden}`))).toMatchObject([{ state: 'untrusted', coversWhole: false }]);
  });

  it('does not check a document in which an instruction takes the place of a text', () => {
    const { signatures, verified } = check(signed().replace('100.00', '<?a 100.00?>'));
    expect(signatures).toMatchObject([{ state: 'notChecked' }]);
    expect(verified).toBeNull();
  });

  it('is not deceived by single signs that were changed', () => {
    const sound = signed();
    const content = readXml(Buffer.from(plain));
    const signs = fc.constantFrom('<', '>', '"', "'", '/', '=', ' ', '&', 'A', '9', '-', ':', '\n');
    fc.assert(
      fc.property(fc.nat(sound.length - 1), signs, (at, sign) => {
        const xml = sound.slice(0, at) + sign + sound.slice(at + 1);
        try {
          const { signatures, verified } = check(xml);
          if (signatures.some(({ state }) => state === 'intact')) expect(verified).toEqual(content);
          else expect(verified).toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('gives what was verified without the signature, wherever that stands', () => {
    const xml = signed().replace(/(<EInvoice[^>]*>)([\s\S]*)(<Signature [\s\S]*<\/Signature>)/u, '$1$3$2');
    expect(check(xml).verified).toEqual(readXml(Buffer.from(plain)));
  });

  it.each([
    [
      'a signed bill put into another',
      `<EInvoice><Main><TotalAmount>900.00</TotalAmount></Main>${signed({ xpath: '/*' }).replace(/^<\?.*?\?>\s*/u, '')}</EInvoice>`,
    ],
    ['a signature of a part', signed({ xpath: '//Empty' })],
    ['a signature in a second document element’s place', signed({ xpath: '//Main' })],
  ])('does not confirm %s', (_, xml) => {
    const { signatures, verified } = check(xml);
    expect(signatures).toMatchObject([{ state: 'notChecked', why: 'it is not of the whole document' }]);
    expect(verified).toBeNull();
  });

  it('does not confirm two elements that share the name which was signed', () => {
    const xml = signed({ xpath: '/*' }).replace('<Empty/>', '<Empty Id="bill"/>');
    expect(states(xml)[0]!.state).not.toBe('intact');
  });

  it.each([
    [
      'another transform',
      (xml: string) => xml.replace('http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/TR/1999/REC-xpath-19991116'),
    ],
    [
      'a transform too many',
      (xml: string) => xml.replace('</Transforms>', '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></Transforms>'),
    ],
    ['a second reference', (xml: string) => xml.replace(/<Reference[\s\S]*<\/Reference>/u, '$&$&')],
    ['no reference', (xml: string) => xml.replace(/<Reference[\s\S]*<\/Reference>/u, '')],
    ['two signed parts', (xml: string) => xml.replace(/<SignedInfo>[\s\S]*<\/SignedInfo>/u, '$&$&')],
    ['an address elsewhere', (xml: string) => xml.replace('URI=""', 'URI="http://example.invalid/a.xml"')],
    [
      'HMAC',
      (xml: string) => xml.replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
    ],
    ['an unknown digest', (xml: string) => xml.replace('http://www.w3.org/2001/04/xmlenc#sha256', 'urn:example')],
    ['an unknown canonical form', (xml: string) => xml.replace(/(<CanonicalizationMethod Algorithm=")[^"]*/u, '$1urn:example')],
    ['no certificate', (xml: string) => xml.replace(/<KeyInfo>[\s\S]*<\/KeyInfo>/u, '')],
    [
      'a bare key',
      (xml: string) =>
        xml.replace(/<X509Data>[\s\S]*<\/X509Data>/u, '<KeyValue><RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue></KeyValue>'),
    ],
    ['a broken certificate', (xml: string) => xml.replaceAll('<X509Certificate>MII', '<X509Certificate>AII')],
  ])('does not check a signature with %s', (_, craft) => {
    expect(craft(signed())).not.toBe(signed());
    expect(states(craft(signed()))).toMatchObject([{ state: 'notChecked' }]);
  });

  it('tells no alteration where other signatures stand in what one covers', () => {
    expect(states(signed({}, signed()))).toMatchObject([{ state: 'notChecked' }, { state: 'intact' }]);
  });

  it('reads no DTD', () => {
    const xml = signed().replace('<EInvoice', '<!DOCTYPE EInvoice [<!ENTITY a "900.00">]><EInvoice');
    expect(() => check(xml)).toThrow(DocumentError);
  });
});

describe("the e-bill's own signatures", () => {
  it('are found, and not checked', () => {
    const block =
      '<InvoicingPartySignature><SignatureTime>20260304050607</SignatureTime><SignatureValue>AA==</SignatureValue></InvoicingPartySignature>';
    const { signatures, verified } = check(plain.replace('<Empty/>', block));
    expect(signatures).toEqual([
      {
        kind: 'xml',
        state: 'notChecked',
        digestMatches: null,
        signatureValid: null,
        coversWhole: false,
        signer: null,
        signedAt: '2026-03-03T21:06:07.000Z',
        why: 'the form in which e-bills are signed is not published',
      },
    ]);
    expect(verified).toBeNull();
  });

  it('are none in a document without signatures', () => expect(check(plain)).toEqual({ signatures: [], verified: null }));
});

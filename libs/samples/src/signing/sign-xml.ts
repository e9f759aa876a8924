import { SignedXml } from 'xml-crypto';
import type { Identity } from './issue-certificate';

export interface XmlSignatureWish {
  signer: Identity;
  /** Certificates sent along, in DER; the signer's alone where none are given. */
  certificates?: readonly Buffer[];
  /** Path of what is signed; the root where none is given. */
  xpath?: string;
  signatureAlgorithm?: string;
  digestAlgorithm?: string;
}

const CANONICAL = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Puts a signature of the whole document into its root (XML-DSig, enveloped). */
export function signXml(xml: string, wish: XmlSignatureWish): string {
  const { signer, certificates = [signer.certificate], xpath = '/*' } = wish;
  const name = wish.signatureAlgorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
  const signed = new SignedXml({
    privateKey: 'the key signs by itself',
    signatureAlgorithm: name,
    canonicalizationAlgorithm: CANONICAL,
    getKeyInfoContent: () =>
      `<X509Data>${certificates.map((der) => `<X509Certificate>${der.toString('base64')}</X509Certificate>`).join('')}</X509Data>`,
  });
  signed.SignatureAlgorithms = { [name]: algorithmOf(name, signer) };
  signed.addReference({
    xpath,
    isEmptyUri: wish.xpath === undefined,
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', CANONICAL],
    digestAlgorithm: wish.digestAlgorithm ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signed.computeSignature(xml);
  return signed.getSignedXml();
}

function algorithmOf(name: string, { key }: Identity) {
  return class {
    getAlgorithmName = () => name;
    getSignature = (data: string) => key.sign(Buffer.from(data)).toString('base64');
    verifySignature = () => false;
  };
}

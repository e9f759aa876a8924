import { resolvePath } from './ofd-entries';

describe('resolvePath', () => {
  it.each([
    ['/Doc_0/Document.xml', 'Doc_0/Signs/Signatures.xml', 'Doc_0/Document.xml'],
    ['Sign_0/Signature.xml', 'Doc_0/Signs/Signatures.xml', 'Doc_0/Signs/Sign_0/Signature.xml'],
    ['./SignedValue.dat', 'Doc_0/Signs/Sign_0/Signature.xml', 'Doc_0/Signs/Sign_0/SignedValue.dat'],
    ['../Seal.esl', 'Doc_0/Signs/Sign_0/Signature.xml', 'Doc_0/Signs/Seal.esl'],
    [' /OFD.xml ', 'a/b', 'OFD.xml'],
    ['/Doc_0//Pages/./Content.xml', 'OFD.xml', 'Doc_0/Pages/Content.xml'],
    ['/../OFD.xml', 'a/b', null],
    ['../../../OFD.xml', 'Doc_0/Signs/Signatures.xml', null],
    ['', 'a/b', null],
    ['/', 'a/b', null],
  ])('takes %j in %j for %j', (location, from, path) => expect(resolvePath(location, from)).toBe(path));
});

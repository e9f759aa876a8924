import { createCipheriv } from 'node:crypto';
import { hkdf, sm2, sm3, sm4 } from 'sm-crypto-v2';
import { SUITES } from './suites';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const text = (words: string): Buffer => Buffer.from(words);
const { standard, sm } = SUITES;

describe('the suite "standard" answers as published', () => {
  // McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, as submitted to NIST for SP 800-38D: test cases 13, 14 and 16.
  it.each([
    { key: '00'.repeat(32), nonce: '00'.repeat(12), aad: '', plain: '', sealed: '530f8afbc74536b9a963b4f1c4cb738b' },
    {
      key: '00'.repeat(32),
      nonce: '00'.repeat(12),
      aad: '',
      plain: '00'.repeat(16),
      sealed: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
    },
    {
      key: 'feffe9928665731c6d6a8f9467308308'.repeat(2),
      nonce: 'cafebabefacedbaddecaf888',
      aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
      plain: 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
      sealed:
        '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
        '76fc6ece0f4e1768cddf8853bb2d551b',
    },
  ])('AES-256-GCM of $plain', ({ key, nonce, aad, plain, sealed }) => {
    const aead = standard.aead(hex(key));
    expect(aead.encrypt(hex(nonce), hex(aad), hex(plain)).toString('hex')).toBe(sealed);
    expect(aead.decrypt(hex(nonce), hex(aad), hex(sealed)).toString('hex')).toBe(plain);
  });

  // RFC 4231, sections 4.2 and 4.3.
  it.each([
    ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    ['4a656665', 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  ])('HMAC-SHA-256 under %s', (key, words, mac) => {
    expect(standard.keyedHash(hex(key), text(words)).toString('hex')).toBe(mac);
    expect(standard.keyedHash(hex(key), text(words.slice(0, 3)), text(words.slice(3))).toString('hex')).toBe(mac);
  });

  // RFC 5869, appendices A.1 and A.3.
  it.each([
    [
      '000102030405060708090a0b0c',
      'f0f1f2f3f4f5f6f7f8f9',
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    ['', '', '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
  ])('HKDF-SHA-256 with salt %j', (salt, info, key) => {
    expect(standard.deriveKey(hex('0b'.repeat(22)), { salt: hex(salt), info: hex(info), bytes: 42 }).toString('hex')).toBe(key);
  });

  // FIPS 180-4's example of one block.
  it('SHA-256 of abc', () => {
    expect(standard.hash(text('a'), text('bc')).toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  // RFC 8032, section 7.1, tests 1 and 2.
  it.each([
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
  ])('Ed25519 with %s', async (privateKey, publicKey, message, signature) => {
    const keys = { privateKey: hex(privateKey), publicKey: hex(publicKey) };
    expect((await standard.signing.sign(keys, hex(message))).toString('hex')).toBe(signature);
    expect(standard.signing.verify(keys.publicKey, hex(message), hex(signature))).toBe(true);
  });
});

describe('the suite "sm" answers as published', () => {
  // GB/T 32905-2016, annex A, examples 1 and 2.
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('SM3 of %s', (words, hash) => {
    expect(sm.hash(text(words)).toString('hex')).toBe(hash);
  });

  // GB/T 32907-2016, annex A.1: in counter mode that block is the key stream whose counter is the example's plain text.
  it('SM4 of one block', () => {
    const [key, block] = [hex('0123456789abcdeffedcba9876543210'), hex('0123456789abcdeffedcba9876543210')];
    expect(createCipheriv('sm4-ctr', key, block).update(Buffer.alloc(16)).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  // GB/T 32918.5-2017, annex A.2, with the default ID.
  it('SM2 of "message digest"', () => {
    const publicKey =
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
    const r = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
    const s = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
    const signature = hex(`3046022100${r}022100${s}`);
    expect(sm.signing.verify(hex(publicKey), text('message digest'), signature)).toBe(true);
    expect(sm.signing.verify(hex(publicKey), text('message digesT'), signature)).toBe(false);
  });
});

describe('node:crypto and sm-crypto-v2 agree on', () => {
  const message = Buffer.from(Array.from({ length: 1000 }, (_, at) => (at * 7) % 256));
  const key = Buffer.from(Array.from({ length: 32 }, (_, at) => at));

  it('SM3, HMAC-SM3 and HKDF-SM3', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
      const part = message.subarray(0, length);
      expect(sm.hash(part).toString('hex')).toBe(sm3(part));
      expect(sm.keyedHash(key, part).toString('hex')).toBe(sm3(part, { key, mode: 'hmac' }));
    }
    const derived = sm.deriveKey(key, { salt: message.subarray(0, 20), info: text('what for'), bytes: 48 });
    expect(derived).toEqual(Buffer.from(hkdf(key, message.subarray(0, 20), text('what for'), 48)));
  });

  // All of the suite's authenticated encryption, put together from the other implementation's parts.
  it('SM4-CTR, then HMAC-SM3 over context and nonce and text', () => {
    const [nonce, context] = [message.subarray(100, 116), text('where it belongs')];
    const keys = Buffer.from(hkdf(key, new Uint8Array(0), text('piaoyan/sm4-ctr+hmac-sm3'), 48));
    const encrypted = Buffer.from(message);
    for (let block = 0; block * 16 < message.length; block++) {
      const stream = sm4.encrypt(counterBlock(nonce, block), keys.subarray(0, 16), { padding: 'none', output: 'array' });
      for (let at = block * 16; at < Math.min(block * 16 + 16, message.length); at++) encrypted[at] = message[at]! ^ stream[at % 16]!;
    }
    const length = Buffer.alloc(8);
    length.writeUInt8(context.length, 7);
    const tag = sm3(Buffer.concat([length, context, nonce, encrypted]), { key: keys.subarray(16), mode: 'hmac' });
    expect(sm.aead(key).encrypt(nonce, context, message)).toEqual(Buffer.concat([encrypted, hex(tag)]));
  });

  it('SM2 signatures with the default ID', async () => {
    const keys = await sm.signing.generateKeyPair();
    const [privateKey, publicKey] = [keys.privateKey.toString('hex'), keys.publicKey.toString('hex')];
    expect(sm2.getPublicKeyFromPrivateKey(privateKey)).toBe(publicKey);
    const options = { hash: true, der: true, userId: '1234567812345678' };
    const ours = await sm.signing.sign(keys, message);
    expect(sm2.doVerifySignature(message, ours.toString('hex'), publicKey, options)).toBe(true);
    expect(sm2.doVerifySignature(message, ours.toString('hex'), publicKey, { ...options, userId: '' })).toBe(false);
    expect(sm.signing.verify(keys.publicKey, message, hex(sm2.doSignature(message, privateKey, options)))).toBe(true);
    expect(
      sm.signing.verify(keys.publicKey, message, hex(sm2.doSignature(message, privateKey, { ...options, userId: 'ALICE123@YAHOO.COM' }))),
    ).toBe(false);
  });
});

function counterBlock(nonce: Buffer, block: number): Buffer {
  const counter = (BigInt(`0x${nonce.toString('hex')}`) + BigInt(block)) % 2n ** 128n;
  return hex(counter.toString(16).padStart(32, '0'));
}

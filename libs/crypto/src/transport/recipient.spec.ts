import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';
import { SUITE_NAMES } from '../suite/suite';
import { newRecipientKeys, openAs, readRecipient, recipientFingerprint, recipientText, sealFor } from './recipient';
import { UnsealError } from '../sealing/unseal.error';
import { X25519 } from './x25519';

const [CONTEXT, PLAIN] = [Buffer.from('context'), Buffer.from('keys of a tenant')];

describe.each(SUITE_NAMES)('handing over by a public key in the suite %s', (suite) => {
  const recipientOf = async () => ({ suite, ...(await newRecipientKeys(suite)) });

  it('opens for its recipient, with its context, and for nobody else', async () => {
    const [mine, other] = [await recipientOf(), await recipientOf()];
    const sealed = await sealFor(mine, CONTEXT, PLAIN);
    expect(openAs(mine, CONTEXT, sealed)).toEqual(PLAIN);
    expect(() => openAs(other, CONTEXT, sealed)).toThrow(UnsealError);
    expect(() => openAs(mine, Buffer.from('contexT'), sealed)).toThrow(UnsealError);
    expect((await sealFor(mine, CONTEXT, PLAIN)).encapsulated).not.toEqual(sealed.encapsulated);
  });

  it('opens nothing that was altered or cut, at any byte', async () => {
    const mine = await recipientOf();
    const sealed = await sealFor(mine, CONTEXT, PLAIN);
    for (const part of ['encapsulated', 'sealed'] as const) {
      for (let at = 0; at < sealed[part].length; at += 1) {
        const bytes = Buffer.from(sealed[part]);
        bytes[at] = bytes[at]! ^ 1;
        expect(() => openAs(mine, CONTEXT, { ...sealed, [part]: bytes })).toThrow(UnsealError);
      }
      for (const bytes of [Buffer.alloc(0), sealed[part].subarray(1), Buffer.concat([sealed[part], Buffer.of(0)])]) {
        expect(() => openAs(mine, CONTEXT, { ...sealed, [part]: bytes })).toThrow(UnsealError);
      }
    }
  });

  it('is read as it was written, in one form only', async () => {
    const { publicKey } = await newRecipientKeys(suite);
    const text = recipientText({ suite, publicKey });
    expect(readRecipient(text)).toEqual({ suite, publicKey });
    for (const other of [`${text}A`, text.slice(0, -1), ` ${text}`, text.replace(':', ''), text.replace(/^\w+/, 'rsa'), `${text}=`, '']) {
      expect([other, readRecipient(other)]).toEqual([other, null]);
    }
    expect(recipientFingerprint({ suite, publicKey })).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('a public key that is none', () => {
  it('is refused: a point of small order, a point off the curve', async () => {
    await expect(sealFor({ suite: 'standard', publicKey: Buffer.alloc(32) }, CONTEXT, PLAIN)).rejects.toThrow(RangeError);
    const off = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]);
    await expect(sealFor({ suite: 'sm', publicKey: off }, CONTEXT, PLAIN)).rejects.toThrow(RangeError);
  });
});

describe('X25519', () => {
  it('is that of RFC 7748 and RFC 5869, as anybody computes it', () => {
    // RFC 7748, 6.1: Alice's private, Bob's public key, and what they share.
    const alice = Buffer.from('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a', 'hex');
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), alice]);
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const own = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
    const bob = Buffer.from('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f', 'hex');
    const shared = Buffer.from('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742', 'hex');
    const info = Buffer.concat([Buffer.from('piaoyan/key-transport/1'), bob, own]);
    expect(X25519.decapsulate({ privateKey: alice, publicKey: own }, bob)).toEqual(Buffer.from(hkdfSync('sha256', shared, '', info, 32)));
  });
});

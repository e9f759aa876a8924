import { createECDH, createHash } from 'node:crypto';
import { bits, integer, objectIdentifier, sequence } from './der';
import type { SigningKey } from './signing-key';

const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
/** a, b and the coordinates of G, which go into the digest of a signer's name. */
const CURVE =
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0';
const ID = Buffer.from('1234567812345678');

/** A new key that signs as GB/T 32918 asks, with SM3 and the signers' default name; node:crypto's own `sign` uses an empty one. For samples only. */
export function sm2Key(): SigningKey {
  const key = createECDH('SM2');
  const point = key.generateKeys();
  const secret = number(key.getPrivateKey());
  const algorithm = sequence(objectIdentifier('1.2.840.10045.2.1'), objectIdentifier('1.2.156.10197.1.301'));
  return {
    publicKey: sequence(algorithm, bits(point)),
    signatureAlgorithm: '1.2.156.10197.1.501',
    digestAlgorithm: '1.2.156.10197.1.401',
    digest: 'sm3',
    sign: (data) => sign(data, secret, point),
  };
}

function sign(data: Uint8Array, secret: bigint, point: Buffer): Buffer {
  const e = number(sm3(sm3(Buffer.from([0, ID.length * 8]), ID, Buffer.from(CURVE, 'hex'), point.subarray(1)), data));
  for (;;) {
    // A key of one use: its secret is the k of the standard, and its point is kG.
    const once = createECDH('SM2');
    const x = number(once.generateKeys().subarray(1, 33));
    const k = number(once.getPrivateKey());
    const r = (e + x) % N;
    const s = positive(inverse(1n + secret) * positive(k - r * secret));
    if (r !== 0n && r + k !== N && s !== 0n) return sequence(integer(r), integer(s));
  }
}

function sm3(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sm3');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** By Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let power = positive(value);
  for (let exponent = N - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * power) % N;
    power = (power * power) % N;
  }
  return result;
}

function positive(value: bigint): bigint {
  return ((value % N) + N) % N;
}

function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

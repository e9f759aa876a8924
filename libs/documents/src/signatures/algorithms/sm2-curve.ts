/** The curve of SM2 (GB/T 32918.5): y² = x³ + ax + b over the field of `p`, with a point `g` of order `n`. */
export const SM2_CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  g: {
    x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
    y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
  },
} as const;

export interface CurvePoint {
  x: bigint;
  y: bigint;
}

/** A point as x/z² and y/z³, so that adding needs no division; z is 0 for the point at infinity. */
interface Jacobian extends CurvePoint {
  z: bigint;
}

const INFINITY: Jacobian = { x: 1n, y: 1n, z: 0n };
const { p: P, a: A, b: B } = SM2_CURVE;

/** The point that 65 uncompressed bytes give; null where they give none on the curve, which has no other point of small order to fear. */
export function readSm2Point(bytes: Uint8Array): CurvePoint | null {
  if (bytes.length !== 65 || bytes[0] !== 4) return null;
  const point = { x: toBigInt(bytes.subarray(1, 33)), y: toBigInt(bytes.subarray(33)) };
  if (point.x >= P || point.y >= P) return null;
  return mod(point.y * point.y - point.x ** 3n - A * point.x - B) === 0n ? point : null;
}

/**
 * The x of s·G + t·Q; null at infinity. In one pass over the bits of both. Its time tells of its operands, which is why it serves to verify
 * and must never sign.
 */
export function sumOfMultiples(s: bigint, t: bigint, q: CurvePoint): bigint | null {
  const g = { ...SM2_CURVE.g, z: 1n };
  const key = { ...q, z: 1n };
  const steps = [INFINITY, g, key, add(g, key)];
  let sum = INFINITY;
  for (let bit = 255n; bit >= 0n; bit -= 1n) {
    sum = double(sum);
    const step = steps[Number(((s >> bit) & 1n) | (((t >> bit) & 1n) << 1n))];
    if (step) sum = add(sum, step);
  }
  if (sum.z === 0n) return null;
  const inverse = invert(sum.z);
  return mod(sum.x * inverse * inverse);
}

export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function double({ x, y, z }: Jacobian): Jacobian {
  if (z === 0n || y === 0n) return INFINITY;
  const yy = mod(y * y);
  const s = mod(4n * x * yy);
  const zz = mod(z * z);
  const m = mod(3n * x * x + A * zz * zz);
  const newX = mod(m * m - 2n * s);
  return { x: newX, y: mod(m * (s - newX) - 8n * yy * yy), z: mod(2n * y * z) };
}

function add(one: Jacobian, other: Jacobian): Jacobian {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const zz1 = mod(one.z * one.z);
  const zz2 = mod(other.z * other.z);
  const u = mod(one.x * zz2);
  const h = mod(other.x * zz1 - u);
  const s = mod(one.y * other.z * zz2);
  const r = mod(other.y * one.z * zz1 - s);
  if (h === 0n) return r === 0n ? double(one) : INFINITY;
  const hh = mod(h * h);
  const hhh = mod(h * hh);
  const v = mod(u * hh);
  const x = mod(r * r - hhh - 2n * v);
  return { x, y: mod(r * (v - x) - s * hhh), z: mod(one.z * other.z * h) };
}

/** By Euclid's algorithm; the field's `p` is prime, so that every value but 0 has an inverse. */
function invert(value: bigint): bigint {
  let [low, high] = [1n, 0n];
  let [rest, divisor]: [bigint, bigint] = [mod(value), P];
  while (divisor > 0n) {
    const quotient = rest / divisor;
    [low, high] = [high, low - quotient * high];
    [rest, divisor] = [divisor, rest - quotient * divisor];
  }
  return mod(low);
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

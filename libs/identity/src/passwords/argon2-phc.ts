import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** Cost of Argon2id: memory in KiB, passes over it, and lanes. */
export interface Argon2Cost {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/** The OWASP Password Storage Cheat Sheet's minimum for Argon2id: 19 MiB, two passes, one lane. */
export const ARGON2_COST: Argon2Cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** What a stored hash may ask of this process: a row that was tampered with must not be a bomb. */
const MOST: Argon2Cost = { memoryKiB: 1_048_576, passes: 10, lanes: 4 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

interface Stored {
  cost: Argon2Cost;
  salt: Buffer;
  hash: Buffer;
}

/** Hashes with Argon2id (RFC 9106) on a thread of the pool, never on the event loop. The result is a PHC string; `pepper` is not in it. */
export async function hashArgon2(password: string, pepper: Buffer, cost: Argon2Cost = ARGON2_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, pepper, salt, cost);
  const { memoryKiB, passes, lanes } = cost;
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether a password is the one of a PHC string. A string that is none of ours matches nothing. */
export async function verifyArgon2(password: string, pepper: Buffer, phc: string): Promise<boolean> {
  const stored = parsed(phc);
  if (stored === null) return false;
  return timingSafeEqual(await derive(password, pepper, stored.salt, stored.cost), stored.hash);
}

/** Whether a hash was made cheaper than passwords are hashed now. */
export function isOutdated(phc: string, cost: Argon2Cost = ARGON2_COST): boolean {
  const stored = parsed(phc);
  return stored === null || stored.cost.memoryKiB < cost.memoryKiB || stored.cost.passes < cost.passes || stored.cost.lanes < cost.lanes;
}

function parsed(phc: string): Stored | null {
  const [, memory, passes, lanes, salt, hash] = FORM.exec(phc) ?? [];
  if (salt === undefined || hash === undefined) return null;
  const cost = { memoryKiB: Number(memory), passes: Number(passes), lanes: Number(lanes) };
  const isBounded = cost.memoryKiB <= MOST.memoryKiB && cost.passes <= MOST.passes && cost.lanes <= MOST.lanes;
  return isBounded ? { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') } : null;
}

function derive(password: string, pepper: Buffer, salt: Buffer, { memoryKiB, passes, lanes }: Argon2Cost): Promise<Buffer> {
  const parameters = {
    // NFC: the same letters typed on another keyboard are the same password.
    message: Buffer.from(password.normalize('NFC')),
    nonce: salt,
    secret: pepper,
    memory: memoryKiB,
    passes,
    parallelism: lanes,
    tagLength: HASH_BYTES,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

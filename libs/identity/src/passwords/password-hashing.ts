import { randomBytes } from 'node:crypto';
import { ProblemError } from '@app/contracts';
import { keyedHash } from '../keyed-hash';
import { ARGON2_COST, type Argon2Cost, hashArgon2, isOutdated, verifyArgon2 } from './argon2-phc';

/** Each hash takes a thread of Node's pool (four) and 19 MiB for some 40 ms: reading files and names needs the other threads. */
const AT_ONCE = 2;
/** Whoever would wait longer than a few seconds is told to come back. */
const MOST_WAITING = 64;

/** Hashes and verifies passwords, a few at a time: a flood of sign-ins neither fills the memory nor stops the rest of the process. */
export class PasswordHashing {
  private readonly pepper: Buffer;
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private decoy: Promise<string> | null = null;

  constructor(
    hashKey: string,
    private readonly cost: Argon2Cost = ARGON2_COST,
  ) {
    this.pepper = keyedHash(hashKey, 'password-pepper');
  }

  async hash(password: string): Promise<string> {
    return this.inTurn(() => hashArgon2(password, this.pepper, this.cost));
  }

  /** Null stands for a user or a password that does not exist: the work is the same, and the answer is no. */
  async verify(password: string, phc: string | null): Promise<boolean> {
    const stored = phc ?? (await this.decoyHash());
    const isRight = await this.inTurn(() => verifyArgon2(password, this.pepper, stored));
    return isRight && phc !== null;
  }

  /** Whether a hash is to be made anew at the next chance, since passwords are hashed harder now. */
  isOutdated(phc: string): boolean {
    return isOutdated(phc, this.cost);
  }

  /** Makes the decoy, so that the first unknown login costs no more than the next. */
  async prepare(): Promise<void> {
    await this.decoyHash();
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash(randomBytes(32).toString('base64'));
    return this.decoy;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) await this.turn();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= MOST_WAITING) throw new ProblemError('unavailable');
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

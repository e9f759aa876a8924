import { createHash } from 'node:crypto';

/** SHA-256 over the lines so far, each after the digest of those before it. */
export class RunningDigest {
  private digest = Buffer.alloc(0);

  add(line: string): void {
    this.digest = createHash('sha256').update(this.digest).update(line).digest();
  }

  value(): string {
    return this.digest.toString('hex');
  }
}

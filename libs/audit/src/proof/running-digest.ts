import { hash } from 'node:crypto';

/** SHA-256 over the lines so far, each after the digest (in hexadecimal) of those before it. */
export class RunningDigest {
  private digest = '';

  add(line: string): void {
    this.digest = hash('sha256', this.digest + line);
  }

  value(): string {
    return this.digest;
  }
}

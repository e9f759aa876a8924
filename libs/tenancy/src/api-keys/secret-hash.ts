import { installationHash } from '@app/crypto';

/** The installation's keyed hash of secrets: of no use to whoever reads the database alone. Which algorithm it is, its hash key says. */
export class SecretHash {
  constructor(private readonly hashKey: string) {}

  /** 32 bytes for a text; equal texts have equal hashes. */
  hash(text: string): Buffer {
    return installationHash(this.hashKey, text);
  }
}

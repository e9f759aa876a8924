/** Data keys of this database are wrapped by a master key that this process was not given. Names keys by fingerprint, and none by its value. */
export class MasterKeyMissingError extends Error {
  constructor(missing: readonly { masterKey: string; keys: number }[], configured: readonly string[]) {
    const needed = missing.map(({ masterKey, keys }) => `${masterKey} (wraps ${keys} data keys)`).join(', ');
    super(
      `the master key with the fingerprint ${needed} is needed and not configured; configured: ${configured.join(', ')}. ` +
        'Add it to PIAOYAN_MASTER_KEY after the first one, or give this process the database that belongs to its keys; see docs/operations/keys.md',
    );
    this.name = 'MasterKeyMissingError';
  }
}

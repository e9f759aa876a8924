const MESSAGES = {
  unknownKey: 'the key of a sealed value is not known here: another installation made it, or its master key is not configured',
  notAuthentic: 'a sealed value was altered, was cut or belongs elsewhere',
  destroyedKey: 'the data key of a sealed value was destroyed, and the value with it',
} as const;

/** A sealed value cannot be opened: sealed for another place, altered, or under a key that is not there. Says which of these, never more. */
export class UnsealError extends Error {
  constructor(readonly reason: keyof typeof MESSAGES) {
    super(MESSAGES[reason]);
    this.name = 'UnsealError';
  }
}

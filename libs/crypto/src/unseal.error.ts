/** A sealed value cannot be opened: sealed for another place, altered, or under a key that is not configured. Says which of the two, never more. */
export class UnsealError extends Error {
  constructor(readonly reason: 'unknownKey' | 'notAuthentic') {
    super(
      reason === 'unknownKey' ? 'the master key of a sealed value is not configured' : 'a sealed value was altered or belongs elsewhere',
    );
    this.name = 'UnsealError';
  }
}

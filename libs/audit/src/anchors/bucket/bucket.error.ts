/** Why anchors may not be safe in a bucket. `unlocked`: it took the object, and would let somebody remove it before its time. */
export type BucketFailure = 'unreachable' | 'timeout' | 'refused' | 'unlocked';

/** An object was not surely kept. It is to be written again, under another name. */
export class BucketError extends Error {
  constructor(
    readonly failure: BucketFailure,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`bucket for anchors: ${failure} (${detail})`, options);
    this.name = 'BucketError';
  }
}

/** A key that could mean something else to a file system is refused before it touches one. */
export class InvalidObjectKeyError extends Error {
  constructor() {
    super(
      'object keys are 1 to 8 segments of lower-case letters, digits, ".", "_" and "-", each starting with a letter or digit, at most 100 characters',
    );
    this.name = 'InvalidObjectKeyError';
  }
}

/** Nothing is stored under the key. */
export class ObjectNotFoundError extends Error {
  constructor(readonly key: string) {
    super(`no object is stored under ${key}`);
    this.name = 'ObjectNotFoundError';
  }
}

const SEGMENT = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const MAX_SEGMENTS = 8;

/** @throws InvalidObjectKeyError */
export function keySegments(key: string): string[] {
  const segments = key.split('/');
  if (segments.length > MAX_SEGMENTS || !segments.every((segment) => SEGMENT.test(segment))) throw new InvalidObjectKeyError();
  return segments;
}

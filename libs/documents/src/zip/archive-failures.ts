import { DocumentError } from '../document.error';

/** An archive that is not whole or contradicts itself. */
export function brokenArchive(why: string, options?: ErrorOptions): DocumentError {
  return new DocumentError('damaged', `the archive is damaged: ${why}`, options);
}

/** An archive that is refused for what it would make a reader do. Says what is wrong, never a name from it. */
export function unsafeArchive(why: string): DocumentError {
  return new DocumentError('unsafe', `the archive is refused: ${why}`);
}

/** An archive with an entry that needs a password. */
export function encryptedArchive(): DocumentError {
  return new DocumentError('encrypted', 'the archive is encrypted');
}

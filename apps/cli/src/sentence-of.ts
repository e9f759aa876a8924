/** What an operator at night needs of a failure: the sentence, not the stack, and for a file not the name of a system call. */
export function sentenceOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const { code, path, message } = error as NodeJS.ErrnoException;
  const told = path === undefined ? undefined : OF_FILE[code ?? ''];
  return told === undefined ? message : `${path ?? ''} ${told}`;
}

const OF_FILE: Readonly<Record<string, string>> = {
  EEXIST: 'exists already, and nothing is overwritten: name another file',
  ENOENT: 'is not there',
  EACCES: 'may not be used by this user: look at its owner and mode',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'is not below a folder',
  ENOSPC: 'has no room: free space on the volume',
  EROFS: 'is on a volume that is read-only',
};

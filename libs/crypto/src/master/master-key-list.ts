const KEY = /^[0-9a-f]{64}$/;

/** 256-bit keys in hexadecimal, parted by white space: the first wraps, all unwrap. */
export function masterKeyList(text: string): Buffer[] {
  return wordsOf(text).map((word) => Buffer.from(word, 'hex'));
}

/** Whether a text holds one or more master keys, and no key twice. */
export function isMasterKeyList(text: string): boolean {
  const words = wordsOf(text);
  return words.every((word) => KEY.test(word)) && new Set(words).size === words.length;
}

const wordsOf = (text: string): string[] => text.trim().split(/\s+/);

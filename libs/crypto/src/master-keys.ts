const KEY = /^[0-9a-f]{64}$/;

/** 256-bit keys in hexadecimal, parted by white space: the first seals, all open. */
export function masterKeys(text: string): Buffer[] {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => Buffer.from(word, 'hex'));
}

/** Whether a text holds one or more master keys, and no key twice. */
export function isMasterKeyList(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.every((word) => KEY.test(word)) && new Set(words).size === words.length;
}

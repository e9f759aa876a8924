import { createHash } from 'node:crypto';

const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sm3'];

/** Every form in which somebody may have stored a text hashed without a key. Bytes stand in hexadecimal where rows are read as text. */
export function unkeyedHashes(text: string): string[] {
  return ALGORITHMS.flatMap((algorithm) => {
    const hash = createHash(algorithm).update(text).digest();
    return [hash.toString('hex'), hash.toString('base64'), hash.toString('base64url'), hash.readBigInt64BE(0).toString()];
  });
}

/** What could be hashed of secret words and what stands beside them: each alone, and all together as they may be joined. */
export function guessable(words: Readonly<Record<string, string>>): string[] {
  const [names, values] = [Object.keys(words), Object.values(words)];
  const sorted = Object.fromEntries(Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1)));
  const joined = ['', '/', '|', ',', ':', '-', '_', ' ', '\n', '\0', '&', ';'].map((by) => values.join(by));
  const written = [words, sorted, values, { elements: words }, [values], [values, null, null], [values, null, null, null]];
  const alone = [...names, 'text', 'item', 'name', 'payer'].flatMap((name) => values.map((value) => `${name}:${value}`));
  return [...new Set([...values, ...alone, ...joined, ...written.map((value) => JSON.stringify(value))])];
}

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { readImports } from './import-graph';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/security/cryptography.md'), 'utf8');
/** What brings algorithms along. */
const BRINGERS = new Set([
  'node:crypto',
  'crypto',
  'node:tls',
  'tls',
  'sm-crypto-v2',
  'openid-client',
  'otpauth',
  'xml-crypto',
  'jose',
  'argon2',
]);
/** Of node:crypto what draws, compares or holds, and so chooses no algorithm. */
const HARMLESS = /^(randomBytes|randomInt|randomUUID|timingSafeEqual|constants|createSecretKey|X509Certificate)$/;
/** Development only. */
const ELSEWHERE = /^(libs\/(devstack|samples)|apps\/(demo|sandbox))\//;
/** Names of algorithms as sources write them, and as the page does. */
const ALGORITHMS: Record<string, string> = {
  ...{ md5: 'MD5', sha1: 'SHA-1', sha224: 'SHA-224', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512', sm3: 'SM3', sm2: 'SM2' },
  ...{ 'aes-256-gcm': 'AES-256-GCM', 'sm4-ctr': 'SM4-CTR', argon2id: 'Argon2id', ed25519: 'Ed25519', x25519: 'X25519' },
};
const QUOTED = new RegExp(`'(${Object.keys(ALGORITHMS).join('|')}|aes-[\\w-]+|sm4-[\\w-]+|3?des-[\\w-]+|des3|rc4|chacha20[\\w-]*)'`, 'gi');

const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Names that a file imports from what brings algorithms along; types are not counted. */
function broughtBy(file: string): string[] {
  const source = ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest);
  return source.statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    if (!ts.isStringLiteral(moduleSpecifier) || !BRINGERS.has(moduleSpecifier.text) || importClause?.phaseModifier !== undefined) return [];
    const named = importClause?.namedBindings;
    if (named === undefined || ts.isNamespaceImport(named)) return [`all of ${moduleSpecifier.text}`];
    return named.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ propertyName, name }) => (propertyName ?? name).text);
  });
}

/** Rows of the tables: the section they stand in, and their cells. */
const rows = PAGE.split(/^## /m).flatMap((part) => {
  const section = part.slice(0, part.indexOf('\n'));
  const lines = part.split('\n').filter((line) => line.startsWith('| '));
  const [head, ...body] = lines.map((line) => line.slice(2, -2).split(' | '));
  const [where, proof] = ['where', 'proof'].map((name) => head?.indexOf(name) ?? -1) as [number, number];
  const paths = (cell = ''): string[] => [...cell.matchAll(/`([^`]+\.ts)`/g)].map(([, path = '']) => path);
  return body.map((cells) => ({
    section,
    text: cells.join(' | '),
    files: paths(cells[where]),
    proofs: proof < 0 ? [] : paths(cells[proof]),
    hasProof: proof >= 0,
  }));
});
const rowsOf = (file: string) => rows.filter(({ files }) => files.includes(file));

describe('the inventory of cryptography', () => {
  const sources = [...new Set(readImports().map(({ file }) => file))].filter((file) => !ELSEWHERE.test(file));
  const users = new Map(sources.map((file) => [file, broughtBy(file)] as const).filter(([, names]) => names.length > 0));

  it('finds what it looks for', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(users.get('libs/crypto/src/sealing/aes-256-gcm.ts')).toContain('createCipheriv');
    expect(users.get('libs/crypto/src/signing/sm2.ts')).toEqual(['sm2']);
    expect(rows.length).toBeGreaterThan(40);
  });

  it('has a line for every file that uses any', () => {
    expect([...users.keys()].filter((file) => rowsOf(file).length === 0)).toEqual([]);
  });

  it('has no line for a file that uses none, or is not there', () => {
    const uses = (file: string): boolean => users.has(file) || (existsSync(join(ROOT, file)) && /from '@app\/crypto'/.test(text(file)));
    expect([...new Set(rows.flatMap(({ files }) => files))].filter((file) => !uses(file))).toEqual([]);
  });

  it('says of every line what proves it, where there is something to prove', () => {
    expect(rows.filter(({ hasProof, proofs }) => hasProof && proofs.length === 0).map((row) => row.text)).toEqual([]);
    expect(rows.flatMap(({ proofs }) => proofs).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('lets files outside of libs/crypto choose an algorithm only where it gives the reason', () => {
    const chosen = [...users].filter(([file, names]) => !file.startsWith('libs/crypto/') && names.some((name) => !HARMLESS.test(name)));
    const reasons = /^(The same in both suites|Connections)/;
    // Reads keys of both suites from PEM; the suite's own signing uses them.
    const readers = ['libs/audit/src/proof/signing-key.ts'];
    const without = chosen.filter(([file]) => !readers.includes(file) && !rowsOf(file).some(({ section }) => reasons.test(section)));
    expect(without.map(([file]) => file)).toEqual([]);
  });

  it('names every algorithm that a file names', () => {
    const silent = [...users.keys()].flatMap((file) => {
      const told = rowsOf(file)
        .map((row) => row.text)
        .join(' ');
      return [...text(file).matchAll(QUOTED)]
        .map(([, name = '']) => name.toLowerCase())
        .filter((name) => !told.includes(ALGORITHMS[name] ?? `the undeclared ${name}`))
        .map((name) => `${file}: ${name}`);
    });
    expect(silent).toEqual([]);
  });

  it('knows no way to the algorithms but imports', () => {
    const hidden =
      /\brequire\(|import\(['"](?:node:)?(?:crypto|tls)|globalThis\.crypto|\bcrypto\.subtle|(?<![.\w])crypto\.(?:create|get|random)/;
    expect(sources.filter((file) => !file.startsWith('apps/console/') && hidden.test(withoutComments(text(file))))).toEqual([]);
  });
});

const withoutComments = (source: string): string => source.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');

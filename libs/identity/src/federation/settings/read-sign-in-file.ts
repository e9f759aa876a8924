import { readFileSync } from 'node:fs';
import { SignInFile, type SourceSettings } from './sign-in-file';

/** The sources with what their files hold. */
export interface SignInSettings {
  publicUrl: string | null;
  oidc: readonly OidcSettings[];
  ldap: readonly LdapSettings[];
}

export type OidcSettings = Extract<SourceSettings, { kind: 'oidc' }> & { ca: string; clientSecret: string };
export type LdapSettings = Extract<SourceSettings, { kind: 'ldap' }> & { ca: string; bindPassword: string };

/** Nobody but local users: what stands where no file is named. */
export const NO_SOURCES: SignInSettings = { publicUrl: null, oidc: [], ldap: [] };

/** The file or one that it names cannot be used. Says where and what rule, never a value. */
export class SignInFileError extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(`PIAOYAN_SIGN_IN_FILE: ${problem}`, options);
    this.name = 'SignInFileError';
  }
}

/** Reads the file, and the secrets and authorities that it names. @throws SignInFileError */
export function readSignInFile(path: string): SignInSettings {
  const parsed = SignInFile.safeParse(jsonOf(read(path, 'the file')));
  if (!parsed.success) {
    throw new SignInFileError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  }
  const { publicUrl = null, sources } = parsed.data;
  return {
    publicUrl: publicUrl === null ? null : new URL(publicUrl).origin,
    oidc: sources.flatMap((source) =>
      source.kind === 'oidc' ? [{ ...source, ca: caOf(source), clientSecret: secret(source.clientSecretFile, source.id) }] : [],
    ),
    ldap: sources.flatMap((source) =>
      source.kind === 'ldap' ? [{ ...source, ca: caOf(source), bindPassword: secret(source.bindPasswordFile, source.id) }] : [],
    ),
  };
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    // The parser's message quotes the file.
    throw new SignInFileError('the file is no JSON');
  }
}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SignInFileError(`${what} cannot be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
}

function caOf({ id, caFile }: SourceSettings): string {
  const pem = read(caFile, `caFile of ${id}`);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new SignInFileError(`caFile of ${id} holds no PEM certificate`);
  return pem;
}

/** An empty bind password would be no proof at all to a directory. */
function secret(path: string, id: string): string {
  const value = read(path, `the secret of ${id}`).trim();
  if (value === '') throw new SignInFileError(`the secret of ${id} is empty`);
  return value;
}

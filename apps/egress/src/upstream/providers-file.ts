import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ProviderId } from '@app/contracts';
import type { ProviderCredentials, ProviderDialects } from '@app/providers';
import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const Origin = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && text.replace(/\/$/, '') === url.origin;
}, 'must be an origin such as https://netocr.com, without a path');

const account = <C extends z.ZodType>(credentials: C) =>
  z
    .strictObject({
      baseUrl: Origin,
      credentials,
      /** Neither provider documents a time-out of its own. */
      connectTimeoutMs: z.int().min(100).max(30_000).default(5_000),
      totalTimeoutMs: z.int().min(1_000).max(120_000).default(30_000),
      /** Calls a second that the account may make, which no provider documents; more wait outside. */
      ratePerSecond: z.number().min(0.1).max(1_000).default(2),
      /** Calls that may be made at once after a pause; those of one second when not given. */
      burst: z.int().min(1).max(1_000).optional(),
      /** Authorities to trust instead of the system's, such as those of an inspecting gateway. */
      caFile: z.string().min(1).optional(),
      /** Permits http to another machine: for a sandbox on a private network only. */
      allowPlainHttp: z.boolean().default(false),
    })
    .transform((account) => ({ ...account, burst: account.burst ?? Math.max(1, Math.floor(account.ratePerSecond)) }))
    .refine(({ baseUrl, allowPlainHttp }) => allowPlainHttp || isProtected(baseUrl), {
      message: 'must be https: elements and credentials would travel in clear',
      path: ['baseUrl'],
    });

/** Each provider's account with the credentials that its dialect needs. */
const providersFile = (dialects: ProviderDialects) =>
  z
    .strictObject(Object.fromEntries(ProviderId.options.map((id) => [id, account<z.ZodType>(dialects.of(id).credentials).optional()])))
    .refine((file) => Object.keys(file).length > 0, 'names no provider');

/** The providers this gateway may call. */
export type ProviderAccounts = { readonly [P in ProviderId]?: ProviderAccount<ProviderCredentials[P]> };

/** Address, credentials and limits of one provider. */
export interface ProviderAccount<Credentials> {
  baseUrl: string;
  credentials: Credentials;
  connectTimeoutMs: number;
  totalTimeoutMs: number;
  ratePerSecond: number;
  burst: number;
  caFile?: string | undefined;
}

/** The providers file is missing or wrong; the message names the place and the rule, never a value. */
export class ProvidersFileError extends Error {
  override readonly name = 'ProvidersFileError';
  constructor(path: string, problems: readonly string[], cause?: unknown) {
    super(`${path}: ${problems.join('; ')}`, { cause });
  }
}

/**
 * Reads the providers file. A credential `x` may stand in a file of its own, named by `xFile`; relative paths start at the providers file.
 * @throws ProvidersFileError
 */
export async function loadProviderAccounts(path: string, dialects: ProviderDialects): Promise<ProviderAccounts> {
  const raw = parseJson(path, await readText(path, path));
  const file = await resolveAccounts(path, raw);
  const parsed = providersFile(dialects).safeParse(file);
  if (parsed.success) return parsed.data;
  throw new ProvidersFileError(
    path,
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'} ${issue.message}`),
  );
}

function isProtected(baseUrl: string): boolean {
  const url = URL.parse(baseUrl);
  return url?.protocol === 'https:' || LOOPBACK.has(url?.hostname ?? '');
}

async function resolveAccounts(path: string, raw: unknown): Promise<unknown> {
  if (!isRecord(raw)) return raw;
  const accounts = Object.entries(raw).map(async ([name, value]) => [name, await resolveAccount(path, name, value)] as const);
  return Object.fromEntries(await Promise.all(accounts));
}

async function resolveAccount(path: string, name: string, raw: unknown): Promise<unknown> {
  if (!isRecord(raw)) return raw;
  const account = { ...raw };
  if (typeof account['caFile'] === 'string') account['caFile'] = resolve(dirname(path), account['caFile']);
  if (isRecord(account['credentials'])) account['credentials'] = await readCredentialFiles(path, name, account['credentials']);
  return account;
}

async function readCredentialFiles(path: string, provider: string, raw: Record<string, unknown>): Promise<Record<string, unknown>> {
  const credentials: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    const name = key.replace(/File$/, '');
    if (Object.hasOwn(credentials, name)) throw new ProvidersFileError(path, [`${provider}.credentials.${name} is given twice`]);
    const isFile = name !== key && typeof value === 'string';
    credentials[name] = isFile ? (await readText(resolve(dirname(path), value), path)).trim() : value;
  }
  return credentials;
}

async function readText(file: string, path: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ProvidersFileError(path, [`${file} cannot be read`], error);
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text around the mistake, which may be a credential.
    throw new ProvidersFileError(path, ['is not JSON']);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { ProviderId, WebhookTargets } from '@app/contracts';
import { isMasterKeyList, SUITE_NAMES } from '@app/crypto';
import { z } from 'zod';

/** A whole number in decimal digits, between two bounds. */
export const wholeNumber = (min: number, max: number) => {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, rule)
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule);
};

/** A TCP port; 0 lets the system choose one. */
export const port = (fallback: number) => wholeNumber(0, 65_535).default(fallback);

/** An address to listen on. Loopback unless told: a process is opened to the network on purpose. */
export const host = () => z.string().min(1).default('127.0.0.1');

/** `true` or `false`. */
export const yesNo = (fallback: boolean) =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .default(fallback ? 'true' : 'false')
    .transform((text) => text === 'true');

/** Addresses or networks parted by commas. */
export const networks = () =>
  z
    .string()
    .regex(/^[0-9a-fA-F.:/]+(\s*,\s*[0-9a-fA-F.:/]+)*$/, 'must be addresses or networks parted by commas, such as 10.0.0.0/8')
    .transform((text) => text.split(',').map((one) => one.trim()));

/** Origins of pages, each exact, parted by commas. */
export const origins = () =>
  z.string().transform((text, context) => {
    const all = text.split(',').map((one) => one.trim());
    if (all.every((one) => /^https?:$/.test(URL.parse(one)?.protocol ?? '') && URL.parse(one)?.origin === one)) return all;
    context.addIssue({
      code: 'custom',
      message: 'must be origins parted by commas, such as https://erp.bank.example, without path or wildcard',
    });
    return z.NEVER;
  });

/** Name of a header, in small letters. */
export const headerName = () => z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the name of a header in small letters, such as client-cert');

/** The longest that an API key may be valid, in days. */
export const apiKeyMaxDays = () => wholeNumber(1, 3_650).default(365);

/** A path, absolute or relative to the working directory. */
export const path = () => z.string().min(1);

/** A connection URL of PostgreSQL, with role and password. */
export const databaseUrl = () =>
  z
    .string()
    .refine(
      (text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''),
      'must be a URL like postgresql://role:password@host:5432/database',
    );

/** An https URL. */
export const httpsUrl = () => z.string().refine((text) => URL.parse(text)?.protocol === 'https:', 'must be an https URL');

const HASH_KEY_MIN = 32;

/** The key under which API keys are hashed: whoever has it and the database can still not make a key, but could test guesses. */
export const hashKey = () =>
  z.string().min(HASH_KEY_MIN, `must have at least ${HASH_KEY_MIN} characters, such as the output of "openssl rand -hex 32"`);

/** The keys that seal values in the database: one, or the new one before the old ones. */
export const masterKey = () =>
  z
    .string()
    .refine(
      isMasterKeyList,
      'must hold keys of 64 lower-case hexadecimal digits, parted by white space, such as the output of "openssl rand -hex 32"',
    );

/** Which algorithms seal, hash and sign. */
export const cryptoSuite = () => z.enum(SUITE_NAMES, `must be ${SUITE_NAMES.join(' or ')}`).default('standard');

/** Where webhooks may go. Nowhere unless told: they are a way out of the house. */
export const webhookTargets = () => WebhookTargets.default([]);

/** Detail of the log, as pino names it. */
export const logLevel = () =>
  z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], 'must be one of fatal, error, warn, info, debug, trace').default('info');

/** How old a bill may be: a calendar year or so many days, with or without the last day itself. */
export const billWindow = () =>
  z
    .string()
    .regex(/^(year|[1-9]\d{0,3})( exclusive)?$/, 'must be "year" or a number of days from 1 to 9999, and may end in " exclusive"')
    .default('year')
    .transform((text) => {
      const [window = 'year', exclusive] = text.split(' ');
      return { window: window === 'year' ? ('year' as const) : Number(window), lastDayCounts: exclusive === undefined };
    });

/** Providers in the order of preference, parted by commas. */
export const providerOrder = () =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
    .pipe(z.array(z.enum(ProviderId.options, `must be a comma-separated list of ${ProviderId.options.join(', ')}`)).min(1));

/** A syslog receiver. */
export const syslogUrl = () =>
  z
    .string()
    .refine(
      (text) => /^(tls|tcp):\/\/(\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?$/i.test(text),
      'must be a URL like tls://siem.bank.example:6514 without a path',
    );

/** Where clamd listens, `none` for no scanner: a socket of the machine, or host and port. */
export const clamdUrl = () =>
  z
    .string()
    .refine(
      (text) => text === 'none' || /^unix:(\/[\w.-]+)+$/.test(text) || /^tcp:\/\/(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i.test(text),
      'must be none, unix:/path/of/clamd.sock or tcp://host:3310',
    )
    .transform((text) => (text === 'none' ? null : clamdAddress(text)))
    .default(null);

function clamdAddress(text: string): { path: string } | { host: string; port: number } {
  if (text.startsWith('unix:')) return { path: text.slice('unix:'.length) };
  const at = text.lastIndexOf(':');
  return { host: text.slice('tcp://'.length, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}

/** Who must have a second factor before the roles count. */
export const secondFactor = () => z.enum(['administrators', 'everybody'], 'must be administrators or everybody').default('everybody');

/** A bucket and a prefix of names in it, at the address of its store. */
export const bucketUrl = () =>
  z.string().refine((text) => {
    const url = URL.parse(text);
    return url?.protocol === 'https:' && /^\/[\w.-]+(\/[\w./-]*)?$/.test(url.pathname) && `${url.origin}${url.pathname}` === text;
  }, 'must be a URL like https://store.bank.example/bucket or https://store.bank.example/bucket/prefix');

/** A law's shortest time for network logs is six months, which are at most 184 days. */
const LEAST_AUDIT_DAYS = 184;

/** How long entries of the audit are kept at least. The floor is no setting. */
export const auditRetentionDays = () => wholeNumber(LEAST_AUDIT_DAYS, 36_500).default(365);

/** A holiday, and a worker that stands still meanwhile; and the period of what providers tell, after which their copy may not lie there either. */
const [LEAST_REPLY_DAYS, MOST_REPLY_DAYS] = [14, 180];

/** How long egress keeps replies. The bounds are no setting. */
export const replyDays = () => wholeNumber(LEAST_REPLY_DAYS, MOST_REPLY_DAYS).default(30);

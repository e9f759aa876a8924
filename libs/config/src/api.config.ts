import { ProviderId } from '@app/contracts';
import { z } from 'zod';
import { DATABASE_RULE, hasClosedDatabase, isLoopback } from './database-tls';
import {
  apiKeyMaxDays,
  billWindow,
  clamdUrl,
  cryptoSuite,
  databaseUrl,
  hashKey,
  headerName,
  secondFactor,
  host,
  logLevel,
  masterKey,
  networks,
  origins,
  path,
  port,
  webhookTargets,
  wholeNumber,
  yesNo,
} from './fields';

const MIB = 1_048_576;

/** Settings of the api process. */
export const ApiConfig = z
  .strictObject({
    PIAOYAN_LOG_LEVEL: logLevel(),
    PIAOYAN_HTTP_HOST: host(),
    PIAOYAN_HTTP_PORT: port(8080),
    /** Where metrics are told, apart from the API; nowhere without a port. */
    PIAOYAN_METRICS_HOST: host(),
    PIAOYAN_METRICS_PORT: wholeNumber(1, 65_535).optional(),
    PIAOYAN_DATABASE_URL: databaseUrl(),
    PIAOYAN_DATABASE_ALLOW_PLAIN: yesNo(false),
    PIAOYAN_STORAGE_DIR: path(),
    PIAOYAN_HASH_KEY: hashKey(),
    PIAOYAN_MASTER_KEY: masterKey(),
    PIAOYAN_CRYPTO_SUITE: cryptoSuite(),
    PIAOYAN_UPLOAD_MAX_BYTES: wholeNumber(1, 1024 * MIB).default(20 * MIB),
    PIAOYAN_UPLOAD_MAX_PIXELS: wholeNumber(1, 1_000_000_000).default(50_000_000),
    /** Folder of the built console; without it the api serves none. */
    PIAOYAN_CONSOLE_DIR: path().optional(),
    /** The malware scanner that originals pass before they are kept or handed out. */
    PIAOYAN_CLAMD_URL: clamdUrl(),
    PIAOYAN_DEFAULT_PROVIDER: ProviderId.default('netocr'),
    PIAOYAN_NETOCR_WINDOW: billWindow(),
    PIAOYAN_JUMDATA_WINDOW: billWindow(),
    PIAOYAN_GENERIC_WINDOW: billWindow(),
    PIAOYAN_WEBHOOK_TARGETS: webhookTargets(),
    /** A reverse proxy ends TLS, and nobody else may call: only those of `PIAOYAN_TRUSTED_PROXIES` get an answer. */
    PIAOYAN_HTTP_TLS_IN_FRONT: yesNo(false),
    /** Reverse proxies whose word on the caller's address is believed. */
    PIAOYAN_TRUSTED_PROXIES: networks().optional(),
    /** Header in which such a proxy tells the client certificate. */
    PIAOYAN_CLIENT_CERT_HEADER: headerName().optional(),
    /** With both files the api serves https itself; with the third it asks callers for certificates of that authority. */
    PIAOYAN_HTTP_TLS_CERT_FILE: path().optional(),
    PIAOYAN_HTTP_TLS_KEY_FILE: path().optional(),
    PIAOYAN_HTTP_TLS_CLIENT_CA_FILE: path().optional(),
    PIAOYAN_HTTP_MAX_CONNECTIONS: wholeNumber(16, 100_000).default(2_048),
    /** Origins whose pages may call the API from a browser. */
    PIAOYAN_CORS_ORIGINS: origins().default([]),
    PIAOYAN_API_KEY_MAX_DAYS: apiKeyMaxDays(),
    PIAOYAN_API_KEY_CALLS_PER_SECOND: wholeNumber(1, 10_000).default(100),
    PIAOYAN_SESSION_CALLS_PER_SECOND: wholeNumber(1, 10_000).default(20),
    PIAOYAN_WRONG_KEYS_PER_MINUTE: wholeNumber(1, 10_000).default(30),
    PIAOYAN_SIGNATURE_WINDOW_SECONDS: wholeNumber(10, 900).default(120),
    PIAOYAN_DROP_IN_WAIT_SECONDS: wholeNumber(0, 60).default(25),
    PIAOYAN_DROP_IN_CALLS_PER_SECOND: wholeNumber(1, 1000).default(10),
    PIAOYAN_DROP_IN_JUMDATA_GET: yesNo(false),
    PIAOYAN_DROP_IN_NETOCR_MIRROR_STATUS: yesNo(false),
    PIAOYAN_DROP_IN_NETOCR_LISTS_AS_STRING: yesNo(false),
    /** Private key in PEM that evidence packs are signed with; without it none are made. */
    PIAOYAN_EVIDENCE_SIGNING_KEY: z.string().min(1).optional(),
    PIAOYAN_BATCH_MAX_ROWS: wholeNumber(1, 100_000).default(10_000),
    /** Days that a proposal of a dangerous act waits for a second person. */
    PIAOYAN_APPROVAL_DAYS: wholeNumber(1, 90).default(7),
    /** Yuan of unknown charges that may be settled by hand in a tenant and a day without a second person. */
    PIAOYAN_SETTLEMENT_LIMIT_YUAN: wholeNumber(0, 1_000_000).default(100),
    // People. The bounds keep what 等保 level 3 asks for: nothing can be set to be as good as off, but for the age of passwords.
    PIAOYAN_PASSWORD_MIN_LENGTH: wholeNumber(8, 64).default(10),
    PIAOYAN_PASSWORD_MAX_AGE_DAYS: wholeNumber(0, 365).default(90),
    PIAOYAN_PASSWORD_HISTORY: wholeNumber(1, 24).default(5),
    /** File of passwords and words that are refused beside the published ones. */
    PIAOYAN_PASSWORD_LIST: path().optional(),
    PIAOYAN_SIGN_IN_MAX_FAILURES: wholeNumber(3, 10).default(5),
    PIAOYAN_SIGN_IN_LOCK_MINUTES: wholeNumber(5, 1440).default(30),
    PIAOYAN_SESSION_IDLE_MINUTES: wholeNumber(2, 120).default(30),
    PIAOYAN_SESSION_MAX_HOURS: wholeNumber(1, 24).default(12),
    /** Providers and directories that vouch for people; without it there are local accounts only. */
    PIAOYAN_SIGN_IN_FILE: path().optional(),
    /** `administrators` is the least; a tenant may ask everybody all the same. */
    PIAOYAN_SECOND_FACTOR: secondFactor(),
    /** Cookies without Secure, for a browser on the same machine; everywhere else there is TLS in front. */
    PIAOYAN_SESSION_PLAIN_HTTP: yesNo(false),
  })
  .refine(({ PIAOYAN_SESSION_PLAIN_HTTP: isPlain, PIAOYAN_HTTP_HOST: at }) => !isPlain || isLoopback(at), {
    message: 'is for PIAOYAN_HTTP_HOST on loopback only: elsewhere sessions need TLS in front',
    path: ['PIAOYAN_SESSION_PLAIN_HTTP'],
  })
  .refine(({ PIAOYAN_HTTP_TLS_IN_FRONT: isInFront, PIAOYAN_TRUSTED_PROXIES: proxies }) => !isInFront || proxies !== undefined, {
    message: 'needs PIAOYAN_TRUSTED_PROXIES: the addresses of what ends TLS, and nobody else may call',
    path: ['PIAOYAN_HTTP_TLS_IN_FRONT'],
  })
  .refine(
    (config) => isLoopback(config.PIAOYAN_HTTP_HOST) || config.PIAOYAN_HTTP_TLS_IN_FRONT || config.PIAOYAN_HTTP_TLS_CERT_FILE !== undefined,
    {
      message:
        'is no loopback address: give PIAOYAN_HTTP_TLS_CERT_FILE and _KEY_FILE, or PIAOYAN_HTTP_TLS_IN_FRONT=true where a proxy ends TLS',
      path: ['PIAOYAN_HTTP_HOST'],
    },
  )
  .refine(hasClosedDatabase, DATABASE_RULE);
export type ApiConfig = Readonly<z.infer<typeof ApiConfig>>;

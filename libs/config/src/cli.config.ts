import { z } from 'zod';
import { DATABASE_RULE, hasClosedDatabase } from './database-tls';
import {
  apiKeyMaxDays,
  auditRetentionDays,
  clamdUrl,
  cryptoSuite,
  databaseUrl,
  hashKey,
  logLevel,
  masterKey,
  path,
  secondFactor,
  yesNo,
} from './fields';

/** Settings of the command line. All are optional: reading files needs neither database nor key. */
export const CliConfig = z
  .strictObject({
    PIAOYAN_LOG_LEVEL: logLevel(),
    PIAOYAN_MODELS: path().default('models'),
    PIAOYAN_TRUSTED_ROOTS: path().optional(),
    /** The owner's URL, for migrating and for making tenants and keys. */
    PIAOYAN_DATABASE_URL: databaseUrl().optional(),
    PIAOYAN_DATABASE_ALLOW_PLAIN: yesNo(false),
    PIAOYAN_HASH_KEY: hashKey().optional(),
    PIAOYAN_MASTER_KEY: masterKey().optional(),
    PIAOYAN_CRYPTO_SUITE: cryptoSuite(),
    PIAOYAN_STORAGE_DIR: path().optional(),
    PIAOYAN_EVIDENCE_SIGNING_KEY: z.string().min(1).optional(),
    PIAOYAN_AUDIT_RETENTION_DAYS: auditRetentionDays(),
    PIAOYAN_API_KEY_MAX_DAYS: apiKeyMaxDays(),
    /** These three for `doctor`, as the other processes have them. */
    PIAOYAN_SECOND_FACTOR: secondFactor(),
    PIAOYAN_CLAMD_URL: clamdUrl(),
    PIAOYAN_EGRESS_JOURNAL_DIR: path().optional(),
  })
  .refine(hasClosedDatabase, DATABASE_RULE);
export type CliConfig = Readonly<z.infer<typeof CliConfig>>;

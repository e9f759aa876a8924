import { z } from 'zod';
import { cryptoSuite, host, logLevel, path, port, replyDays } from './fields';

/** Settings of the egress gateway. It has no database and no object store to name. */
export const EgressConfig = z.strictObject({
  PIAOYAN_LOG_LEVEL: logLevel(),
  PIAOYAN_EGRESS_HOST: host(),
  PIAOYAN_EGRESS_PORT: port(8443),
  PIAOYAN_TLS_CERT_FILE: path(),
  PIAOYAN_TLS_KEY_FILE: path(),
  /** Authority that signed the certificates of the processes that may call the gateway. */
  PIAOYAN_TLS_CLIENT_CA_FILE: path(),
  PIAOYAN_EGRESS_JOURNAL_DIR: path(),
  /** How long the journal keeps a reply that may be asked for again. */
  PIAOYAN_EGRESS_REPLY_DAYS: replyDays(),
  /** What seals the journal. */
  PIAOYAN_CRYPTO_SUITE: cryptoSuite(),
  PIAOYAN_EGRESS_PROVIDERS_FILE: path(),
  /** Description of the generic provider, the same file as the worker's. */
  PIAOYAN_GENERIC_PROVIDER_FILE: path().optional(),
  PIAOYAN_HEALTH_HOST: host(),
  PIAOYAN_HEALTH_PORT: port(8082),
});
export type EgressConfig = Readonly<z.infer<typeof EgressConfig>>;

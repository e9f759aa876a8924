import { readFileSync } from 'node:fs';
import type { ApiConfig } from '@app/config';

/** Certificate and key with which the api ends TLS itself, in PEM. */
export interface TlsFiles {
  cert: string;
  key: string;
  /** Authority whose client certificates are asked for and believed; without it none is asked for. */
  clientCa?: string;
}

/** How the server behaves before any route is reached. */
export interface ApiOptions {
  trustedProxies?: readonly string[] | undefined;
  tls?: TlsFiles | undefined;
  /** Whether the proxies alone may call, since they end TLS. */
  isTlsInFront?: boolean;
  /** Origins, each exact, whose pages may call the API from a browser. */
  corsOrigins?: readonly string[];
  maxConnections?: number;
  /** Told of every route that is served. */
  onRoute?: (route: { method: string | string[]; url: string }) => void;
}

/** The options as the operator gave them; the files are read now. */
export function apiOptions(config: ApiConfig): ApiOptions {
  return {
    trustedProxies: config.PIAOYAN_TRUSTED_PROXIES,
    tls: tlsFiles(config),
    isTlsInFront: config.PIAOYAN_HTTP_TLS_IN_FRONT,
    corsOrigins: config.PIAOYAN_CORS_ORIGINS,
    maxConnections: config.PIAOYAN_HTTP_MAX_CONNECTIONS,
  };
}

function tlsFiles(config: ApiConfig): TlsFiles | undefined {
  const { PIAOYAN_HTTP_TLS_CERT_FILE: cert, PIAOYAN_HTTP_TLS_KEY_FILE: key, PIAOYAN_HTTP_TLS_CLIENT_CA_FILE: clientCa } = config;
  if (cert === undefined && key === undefined && clientCa === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new Error('PIAOYAN_HTTP_TLS_CERT_FILE and PIAOYAN_HTTP_TLS_KEY_FILE are needed together');
  return { cert: read(cert), key: read(key), ...(clientCa !== undefined && { clientCa: read(clientCa) }) };
}

const read = (path: string): string => readFileSync(path, 'utf8');

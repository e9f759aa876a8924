import { createHash, X509Certificate } from 'node:crypto';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { isAddressAllowed, networkOf } from '@app/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ACCESS_SETTINGS, type AccessSettings } from './access-settings';

/** Longer than any certificate that fits into a request's headers. */
const MAX_HEADER_LENGTH = 16_384;

/**
 * Tells which client certificate a connection proved (RFC 8705): the one of the TLS connection itself or, where a proxy that is trusted
 * ended it, the one that the proxy names in the header that the operator chose. A header from anyone else says nothing.
 */
@Injectable()
export class ClientCertificates {
  private readonly proxies: readonly string[];
  private readonly header: string | null;

  constructor(@Inject(ACCESS_SETTINGS) { trustedProxies, certificateHeader }: AccessSettings) {
    this.proxies = trustedProxies.map((one) => (one.includes('/') ? one : networkOf(one)));
    this.header = certificateHeader?.toLowerCase() ?? null;
  }

  /** SHA-256 of the certificate (DER) in lower-case hexadecimal; null where none was proved. */
  sha256Of({ raw: { socket }, headers }: Pick<FastifyRequest, 'raw' | 'headers'>): string | null {
    if (this.header !== null && this.isTrusted(socket.remoteAddress ?? '')) return told(headers[this.header]);
    if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
    // Node gives an object without properties where there is none.
    const { raw } = socket.getPeerCertificate() as Partial<PeerCertificate>;
    return raw === undefined ? null : sha256(raw);
  }

  private isTrusted(address: string): boolean {
    return this.proxies.length > 0 && isAddressAllowed(address, this.proxies);
  }
}

/** `:base64:` (RFC 9440), a percent-encoded PEM (nginx), or the hash itself (HAProxy). */
function told(value: string | string[] | undefined): string | null {
  if (typeof value !== 'string' || value.length > MAX_HEADER_LENGTH) return null;
  if (/^[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase();
  try {
    const text = value.startsWith(':') ? Buffer.from(value.replace(/^:|:$/g, ''), 'base64') : decodeURIComponent(value);
    return sha256(new X509Certificate(text).raw);
  } catch {
    return null;
  }
}

function sha256(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

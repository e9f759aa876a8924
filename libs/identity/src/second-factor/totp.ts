import { Secret, TOTP } from 'otpauth';

const ISSUER = '票验 Piaoyan';
const PERIOD_SECONDS = 30;
/** A code of the step before and after is taken too: telephones' clocks differ by some seconds. */
const WINDOW = 1;
/** RFC 4226 recommends 160 bits. */
const SECRET_BYTES = 20;

/** A new secret, as bytes. */
export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: SECRET_BYTES }).bytes);
}

/** The secret for an authenticator app: as a URI for a QR code, and in base 32 to be typed. */
export function totpEnrolment(secret: Buffer, login: string): { uri: string; secret: string } {
  return { uri: totpOf(secret, login).toString(), secret: secretOf(secret).base32 };
}

/** The step (RFC 6238, `T`) whose code this is, or null for a wrong code. */
export function totpStep(secret: Buffer, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const timestamp = now.getTime();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta;
}

function totpOf(secret: Buffer, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret: secretOf(secret), algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });
}

function secretOf(bytes: Buffer): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
}

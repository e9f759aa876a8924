const ENCODED = /filename\*=UTF-8''([^;\s]+)/i;
const PLAIN = /filename="([\w.-]+)"/i;

/** The name that a Content-Disposition header gives, in its encoded form (RFC 6266) or a plain one, without any folder; else `fallback`. */
export function fileNameOf(disposition: string | null, fallback = 'download'): string {
  const [, encoded = ''] = ENCODED.exec(disposition ?? '') ?? PLAIN.exec(disposition ?? '') ?? [];
  try {
    return decodeURIComponent(encoded).replace(/[/\\]/g, '_') || fallback;
  } catch {
    return fallback;
  }
}

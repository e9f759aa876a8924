const ENCODED = /filename\*=UTF-8''([^;\s]+)/i;

/** The name that a Content-Disposition header gives in its encoded form (RFC 6266), without any folder; else `fallback`. */
export function fileNameOf(disposition: string | null, fallback = 'download'): string {
  const [, encoded = ''] = ENCODED.exec(disposition ?? '') ?? [];
  try {
    return decodeURIComponent(encoded).replace(/[/\\]/g, '_') || fallback;
  } catch {
    return fallback;
  }
}

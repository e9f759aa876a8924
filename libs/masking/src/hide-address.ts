import { HIDDEN } from './hide';

/** Far more than any code on a page holds. */
const LONGEST = 10_000;

/**
 * A text whose web addresses (detailUrl, a QR code's callback) end after the host: whoever holds the rest could open the bill. They are
 * shown to nobody, whatever their rights.
 */
export function hideAddress(text: string): string {
  if (text.length > LONGEST) return HIDDEN;
  return text.replace(
    /([a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/?#@]{0,200}@)?([^\s/?#]{0,253})[^\s]*/giu,
    (_whole, scheme: string, host: string) => {
      return `${scheme}${host}/${HIDDEN}`;
    },
  );
}

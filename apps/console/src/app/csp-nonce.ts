/** The nonce under which this page may write styles into itself; it stands in the page that the api served. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

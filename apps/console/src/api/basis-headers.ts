/** The header in which a consent reference goes with what it was given for; none for an empty one. */
export function basisHeaders(reference: string | null): Record<string, string> {
  const given = reference?.trim() ?? '';
  return given === '' ? {} : { 'X-Piaoyan-Consent-Reference': encodeURIComponent(given) };
}

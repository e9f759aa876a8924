/** The headers of a request that names its purpose. */
export function forPurpose(words = 'spec'): { headers: Record<string, string> } {
  return { headers: { 'x-piaoyan-purpose': encodeURIComponent(words) } };
}

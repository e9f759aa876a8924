/** No such host; only to see whether a path stays where it is. */
const HERE = 'https://here.invalid';
const MAX_LENGTH = 500;

/** Where a browser goes after signing in: a path of this very site, and `/` for everything else. */
export function returnPath(wished: string | undefined): string {
  if (wished === undefined || wished.length > MAX_LENGTH || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wished)) return '/';
  const url = URL.parse(wished, HERE);
  // Routes of the api are no pages; a sign-in that ends in another one would go on for ever.
  if (url?.origin !== HERE || /^\/v\d+(\/|$)/.test(url.pathname)) return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') ? '/' : path;
}

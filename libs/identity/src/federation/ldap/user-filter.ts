import { FilterParser } from 'ldapts';

/** Puts a value into an LDAP filter as data, by RFC 4515: what it holds can never become part of the filter. */
export function escapeFilterValue(value: string): string {
  // eslint-disable-next-line no-control-regex -- NUL is one of the characters that must be escaped
  return value.replace(/[\\*()\u0000]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The filter with every `placeholder` replaced by an escaped value. */
export function filterWith(filter: string, placeholder: '{login}' | '{dn}', value: string): string {
  return filter.replaceAll(placeholder, () => escapeFilterValue(value));
}

/** Whether a text is a filter that asks about the placeholder. */
export function isUserFilter(filter: string, placeholder: '{login}' | '{dn}'): boolean {
  // The parser forgives an end that is missing.
  if (!filter.includes(placeholder) || filter.split('(').length !== filter.split(')').length) return false;
  try {
    FilterParser.parseString(filterWith(filter, placeholder, 'somebody'));
    return true;
  } catch {
    return false;
  }
}

/** One request as it was sent, its headers by their names in lower case. */
export interface WireRequest {
  line: string;
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** What was sent on one connection: whole requests, and what was cut off when a process died. */
export interface WireRequests {
  requests: WireRequest[];
  unfinished: Buffer;
}

/** Something stands in a request that has no place there. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
}

const HEADER = /^([A-Za-z-]+): ([\x20-\x7e]*)$/;

/**
 * Takes apart what was sent on one connection, byte by byte: nothing may stand between requests, and no body is of a length that its
 * request does not say.
 * @throws WireFault
 */
export function wireRequests(sent: Buffer): WireRequests {
  const requests: WireRequest[] = [];
  let rest = sent;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return { requests, unfinished: rest };
    const [line = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const headers = headersOf(lines);
    const length = headers.get('content-length') ?? '';
    if (!/^(0|[1-9]\d*)$/.test(length)) throw new WireFault('no Content-Length');
    const bodyAt = end + 4;
    if (rest.length < bodyAt + Number(length)) return { requests, unfinished: rest };
    requests.push({ line, headers, body: rest.subarray(bodyAt, bodyAt + Number(length)) });
    rest = rest.subarray(bodyAt + Number(length));
  }
}

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new WireFault('a header that is none');
    if (headers.has(name.toLowerCase())) throw new WireFault(`the header ${name} twice`);
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

/**
 * Demands these headers and no others, each of this form.
 * @throws WireFault
 */
export function expectHeaders(headers: ReadonlyMap<string, string>, forms: Readonly<Record<string, RegExp>>): void {
  for (const [name, value] of headers) {
    if (!Object.hasOwn(forms, name)) throw new WireFault(`the header ${name}`);
    if (!forms[name]?.test(value)) throw new WireFault(`another value of the header ${name}`);
  }
  const missing = Object.keys(forms).find((name) => !headers.has(name));
  if (missing !== undefined) throw new WireFault(`no header ${missing}`);
}

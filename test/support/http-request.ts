/** A request as it stood on the wire, taken apart so that every byte of the body is either a named field or `rest`. */
export interface ParsedRequest {
  line: string;
  headers: Record<string, string>;
  body: Buffer;
  fields: Record<string, string>;
  /** What is left of the body once its fields and their frame are taken away: the empty string, or something that should not be there. */
  rest: string;
}

/** Takes a recorded HTTP/1.1 request apart; the body is multipart of plain text fields, or urlencoded. */
export function parseRequest(raw: Buffer): ParsedRequest {
  const end = raw.indexOf('\r\n\r\n');
  const [line = '', ...headerLines] = raw.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(headerLines.map(splitHeader));
  const body = raw.subarray(end + 4);
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1];
  return { line, headers, body, ...(boundary === undefined ? urlencoded(body) : multipart(body, boundary)) };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function multipart(body: Buffer, boundary: string): Pick<ParsedRequest, 'fields' | 'rest'> {
  const fields: Record<string, string> = {};
  const part = new RegExp(`--${boundary}\\r\\nContent-Disposition: form-data; name="([A-Za-z]+)"\\r\\n\\r\\n([^\\r\\n]*)\\r\\n`, 'g');
  const rest = body.toString('latin1').replace(part, (_, name: string, value: string) => {
    fields[name] = value;
    return '';
  });
  return { fields, rest: rest.replace(`--${boundary}--`, '').replace(/^\r\n$/, '') };
}

function urlencoded(body: Buffer): Pick<ParsedRequest, 'fields' | 'rest'> {
  const pairs = body.toString('latin1').split('&');
  const plain = pairs.filter((pair) => /^[A-Za-z]+=[0-9A-Za-z.-]*$/.test(pair));
  const rest = pairs.filter((pair) => !plain.includes(pair)).join('&');
  return { fields: Object.fromEntries(plain.map((pair) => pair.split('='))) as Record<string, string>, rest };
}

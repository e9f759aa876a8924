import type { SandboxDialect } from '../dialects/sandbox-dialect';

type Fields = Record<string, unknown>;

/** The reply with its code as text or as a number; a code that is no number stays text. */
export function withCodeForm(dialect: SandboxDialect, body: Buffer, form: 'string' | 'number'): Buffer {
  return replaceCode(dialect, body, (code) => codeText(code, form));
}

/** The reply with its code written twice; `other` is what it says the second time. */
export function withCodeTwice(dialect: SandboxDialect, body: Buffer, other: string | null): Buffer {
  return replaceCode(dialect, body, (code, written) => {
    const second = other === null ? written : codeText(other, written.startsWith('"') ? 'string' : 'number');
    return `${written},"${dialect.codeField}":${second}`;
  });
}

/** A reply of netocr in one of its other envelopes; of the rest only the data as text is possible. */
export function inEnvelope(body: Buffer, shape: 'listOfInvoices' | 'status' | 'veritem' | 'dataAsText'): Buffer {
  const { data, ...rest } = JSON.parse(body.toString('utf8')) as Fields;
  if (shape === 'dataAsText') return json(data === undefined ? rest : { ...rest, data: JSON.stringify(data) });
  const { code, msg } = rest;
  if (shape === 'listOfInvoices') return json({ ...rest, data: data === undefined ? [] : [{ invoice: data, dataMsg: '' }] });
  if (shape === 'status') return json({ status: String(code), message: msg, ...(data === undefined ? {} : { data }) });
  const veritem = Object.entries((data ?? {}) as Fields).map(([desc, content]) => ({ desc, content }));
  return json({ messageString: { status: String(code), value: msg }, infoList: [{ veritem }] });
}

/** The reply in a JSON value of another type. */
export function asJsonType(body: Buffer, type: 'list' | 'string' | 'number' | 'null'): Buffer {
  const text = body.toString('utf8');
  return Buffer.from({ list: `[${text}]`, string: JSON.stringify(text), number: '200', null: 'null' }[type], 'utf8');
}

function replaceCode(dialect: SandboxDialect, body: Buffer, write: (code: string, written: string) => string): Buffer {
  const field = new RegExp(`"${dialect.codeField}":("?)(-?\\w+)\\1`);
  const replaced = body
    .toString('utf8')
    .replace(field, (_all, quote: string, code: string) => `"${dialect.codeField}":${write(code, `${quote}${code}${quote}`)}`);
  return Buffer.from(replaced, 'utf8');
}

function codeText(code: string, form: 'string' | 'number'): string {
  return form === 'number' && /^-?(0|[1-9]\d*)$/.test(code) ? code : JSON.stringify(code);
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

import type { Elements } from '@app/contracts';
import { rawCall, type RawReply } from './raw-call';

/** What a client is configured with. */
export interface NetocrAccount {
  url: string;
  key: string;
  secret: string;
}

/** A program that was written after netocr's document, down to what it looks at in the reply. */
export interface NetocrClient {
  name: string;
  /** Whether the program gives up on any status but success before it reads the body. */
  looksAtStatus: boolean;
  verify(account: NetocrAccount, elements: Elements): Promise<RawReply>;
}

type Field = readonly [name: string, value: string];

/** The eight fields in the order of the document's table. */
function fieldsOf({ key, secret }: NetocrAccount, elements: Elements): Field[] {
  return [
    ['key', key],
    ['secret', secret],
    ['invoiceCode', elements.billCode],
    ['invoiceNumber', elements.billNumber],
    ['billingDate', elements.issueDate],
    ['amountTax', elements.totalAmount],
    ['checkCode', elements.checkCode],
    ['typeId', '3017'],
  ];
}

/** HttpURLConnection and a StringBuffer: a boundary that looks like a browser's, a line break before the first one, a type on each part. */
const java: NetocrClient = {
  name: 'Java, hand-built multipart',
  looksAtStatus: false,
  verify(account, elements) {
    const boundary = `---------------------------${Date.now()}`;
    const parts = fieldsOf(account, elements).map(
      ([name, value]) =>
        `\r\n--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n${value}`,
    );
    const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'User-Agent': 'Java/1.8.0', Connection: 'Keep-Alive' };
    return rawCall(account.url, { headers, body: [...parts, `\r\n--${boundary}--\r\n`] });
  },
};

/** A page with FormData and XMLHttpRequest. */
const browser: NetocrClient = {
  name: 'JavaScript, FormData',
  looksAtStatus: false,
  async verify(account, elements) {
    const form = new FormData();
    for (const [name, value] of fieldsOf(account, elements)) form.append(name, value);
    const response = await fetch(account.url, { method: 'POST', body: form });
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  },
};

/** requests.post(url, data=…, files={}): an empty `files` makes it an ordinary form. */
const python: NetocrClient = {
  name: 'Python, requests',
  looksAtStatus: false,
  verify(account, elements) {
    const body = fieldsOf(account, elements)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    const headers = {
      'User-Agent': 'python-requests/2.31.0',
      'Accept-Encoding': 'gzip, deflate',
      Accept: '*/*',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(body.length),
    };
    return rawCall(account.url, { headers, body });
  },
};

/** CURLOPT_POSTFIELDS with an array: multipart, and cURL asks before it sends. */
const php: NetocrClient = {
  name: 'PHP, cURL with Expect: 100-continue',
  looksAtStatus: false,
  verify(account, elements) {
    const boundary = '------------------------d74496d66958873e';
    const parts = fieldsOf(account, elements).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const body = `${parts.join('')}--${boundary}--\r\n`;
    const headers = {
      Accept: '*/*',
      'Content-Length': String(Buffer.byteLength(body)),
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      Expect: '100-continue',
    };
    return rawCall(account.url, { headers, body, waitForContinue: true });
  },
};

/** mime/multipart.Writer: a boundary of 60 hexadecimal digits, quoted names. */
const go: NetocrClient = {
  name: 'Go, mime/multipart',
  looksAtStatus: false,
  verify(account, elements) {
    const boundary = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e';
    const parts = fieldsOf(account, elements).map(
      ([name, value], at) => `${at === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`,
    );
    const body = `${parts.join('')}\r\n--${boundary}--\r\n`;
    const headers = {
      'User-Agent': 'Go-http-client/1.1',
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': String(Buffer.byteLength(body)),
    };
    return rawCall(account.url, { headers, body });
  },
};

/** request({ formData }): the form-data package streams its parts, so the body is chunked. */
const nodeJs: NetocrClient = {
  name: 'Node.js, form-data in chunks',
  looksAtStatus: false,
  verify(account, elements) {
    const boundary = '--------------------------287032381131322891274019';
    const parts = fieldsOf(account, elements).flatMap(([name, value]) => [
      `--${boundary}\r\n`,
      `Content-Disposition: form-data; name="${name}"\r\n\r\n`,
      value,
      '\r\n',
    ]);
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    return rawCall(account.url, { headers, body: [...parts, `--${boundary}--\r\n`] });
  },
};

/** HttpClient and MultipartFormDataContent: the boundary is quoted, the names are not, and EnsureSuccessStatusCode throws. */
const cSharp: NetocrClient = {
  name: 'C#, MultipartFormDataContent',
  looksAtStatus: true,
  verify(account, elements) {
    const boundary = 'f3b1c5f0-6c1d-4a43-9d3a-0d2f7b5a9c11';
    const parts = fieldsOf(account, elements).map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${value}\r\n`,
    );
    const body = `${parts.join('')}--${boundary}--\r\n`;
    const headers = { 'Content-Type': `multipart/form-data; boundary="${boundary}"`, 'Content-Length': String(Buffer.byteLength(body)) };
    return rawCall(account.url, { headers, body });
  },
};

/** libcurl's old form API, whose caller compares the status with 200. */
const cpp: NetocrClient = {
  name: 'C++, libcurl',
  looksAtStatus: true,
  verify(account, elements) {
    return php.verify(account, elements);
  },
};

/** OkHttp: every part says its length. */
const android: NetocrClient = {
  name: 'Android, OkHttp',
  looksAtStatus: true,
  verify(account, elements) {
    const boundary = '5b0c1e7a-58e4-4b2e-a0a9-52a7c2a0e6d1';
    const parts = fieldsOf(account, elements).map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Length: ${Buffer.byteLength(value)}\r\n\r\n${value}\r\n`,
    );
    const body = `${parts.join('')}--${boundary}--\r\n`;
    const headers = {
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': String(Buffer.byteLength(body)),
      'Accept-Encoding': 'gzip',
      'User-Agent': 'okhttp/3.12.1',
    };
    return rawCall(account.url, { headers, body });
  },
};

/** A dictionary of parameters in the default encoding: a form whose fields are sorted by name. */
const ios: NetocrClient = {
  name: 'iOS, sorted urlencoded parameters',
  looksAtStatus: false,
  verify(account, elements) {
    const body = fieldsOf(account, elements)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .sort()
      .join('&');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8', 'Content-Length': String(body.length) };
    return rawCall(account.url, { headers, body });
  },
};

/** Somebody's own wrapper: another order, and a field of its own. */
const wrapper: NetocrClient = {
  name: 'a wrapper with another order and a field of its own',
  looksAtStatus: false,
  verify(account, elements) {
    const boundary = 'xYzZY';
    const fields: Field[] = [['orderNo', '2026-0007'], ...fieldsOf(account, elements).reverse()];
    const parts = fields.map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    return rawCall(account.url, {
      headers: { 'content-type': `multipart/form-data; charset=utf-8; boundary=${boundary}` },
      body: `${parts.join('')}--${boundary}--`,
    });
  },
};

/** Clients in the languages that netocr gives samples for, and one that strays from them. */
export const NETOCR_CLIENTS: readonly NetocrClient[] = [java, browser, python, php, go, nodeJs, cSharp, cpp, android, ios, wrapper];

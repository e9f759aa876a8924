import { createHash } from 'node:crypto';
import type { Elements } from '@app/contracts';
import type { AskedElements } from './asked-elements';
import { expectHeaders, WireFault, type WireRequest } from './wire-request';

/** The accounts that the gateway was given. */
export interface Accounts {
  netocr: { key: string; secret: string };
  jumdata: { appId: string; appSecret: string };
}

/** What a provider's wire may carry: the elements of these verifications, and the accounts. */
export interface AllowedOnWire {
  host: string;
  accounts: Accounts;
  asked: AskedElements;
}

const BOUNDARY = '----piaoyan5c1e7f0a94b2';
const NETOCR_LINE = 'POST /verapi/v2/verFinancial.do HTTP/1.1';
const JUMDATA_LINE = 'POST /invoice/validate/fiscal HTTP/1.1';

/**
 * Demands that a request to a provider is, to its last byte, one of the two documented ones about a verification of ours: known headers, known
 * fields in their order, the account, the five elements of one verification, and nothing else. Written anew from the providers' documents, so that
 * a mistake of the product's encoder is not made twice.
 * @throws WireFault
 */
export function checkProviderRequest(request: WireRequest, allowed: AllowedOnWire): 'netocr' | 'jumdata' {
  const provider = { [NETOCR_LINE]: 'netocr', [JUMDATA_LINE]: 'jumdata' }[request.line] as 'netocr' | 'jumdata' | undefined;
  if (provider === undefined) throw new WireFault('another request line');
  const type = provider === 'netocr' ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/x-www-form-urlencoded';
  expectHeaders(request.headers, {
    host: exactly(allowed.host),
    'content-type': exactly(type),
    'content-length': /^\d+$/,
    connection: /^(close|keep-alive)$/,
  });
  const body = request.body.toString('latin1');
  const elements = provider === 'netocr' ? netocrElements(body, allowed) : jumdataElements(body, allowed);
  if (!allowed.asked.has(elements)) throw new WireFault('elements of no verification');
  return provider;
}

function netocrElements(body: string, { accounts: { netocr } }: AllowedOnWire): Elements {
  const names = ['key', 'secret', 'typeId', 'invoiceCode', 'invoiceNumber', 'billingDate', 'amountTax', 'checkCode'];
  const parts = names.map((name) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n([0-9A-Za-z.-]*)\r\n`);
  const [, key, secret, typeId, billCode, billNumber, issueDate, totalAmount, checkCode] = valuesOf(
    body,
    `${parts.join('')}--${BOUNDARY}--\r\n`,
  );
  if (key !== netocr.key || secret !== netocr.secret) throw new WireFault('other credentials');
  if (typeId !== '3017') throw new WireFault('another typeId');
  return { billCode, billNumber, issueDate, totalAmount, checkCode } as Elements;
}

function jumdataElements(body: string, { accounts: { jumdata } }: AllowedOnWire): Elements {
  const names = ['appId', 'timestamp', 'sign', 'fpdm', 'fphm', 'jym', 'kqrq', 'je'];
  const [, appId, timestamp = '', sign, billCode, billNumber, checkCode, issueDate, totalAmount] = valuesOf(
    body,
    names.map((name) => `${name}=([0-9A-Za-z.-]*)`).join('&'),
  );
  if (appId !== jumdata.appId) throw new WireFault('other credentials');
  if (!/^\d{13}$/.test(timestamp)) throw new WireFault('a timestamp that is none');
  const expected = createHash('sha256').update(`${jumdata.appId}${jumdata.appSecret}${timestamp}`).digest('hex');
  if (sign !== expected) throw new WireFault('a signature of something else');
  return { billCode, billNumber, checkCode, issueDate, totalAmount } as Elements;
}

function valuesOf(body: string, form: string): string[] {
  const values = new RegExp(`^${form}$`).exec(body);
  if (values === null) throw new WireFault('a body of other fields');
  return values;
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

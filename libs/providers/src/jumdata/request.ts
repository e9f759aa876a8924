import type { Elements } from '@app/contracts';
import type { JumdataCredentials } from './credentials';
import type { EncodedRequest } from '../dialect';
import { encodeForm } from '../wire/form';
import { signJumdata } from './sign';

/** Path of jumdata's verification of fiscal bills. */
export const JUMDATA_PATH = '/invoice/validate/fiscal';

/** The eight parameters of jumdata's document, in the body: a query would leave the elements in access logs. */
export function encodeJumdataRequest(credentials: JumdataCredentials, elements: Elements, now: Date): EncodedRequest {
  const timestamp = String(now.getTime());
  const body = encodeForm([
    ['appId', credentials.appId],
    ['timestamp', timestamp],
    ['sign', signJumdata(credentials.appId, credentials.appSecret, timestamp)],
    ['fpdm', elements.billCode],
    ['fphm', elements.billNumber],
    ['jym', elements.checkCode],
    [credentials.dateParameter, elements.issueDate],
    ['je', elements.totalAmount],
  ]);
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) };
  return { method: 'POST', path: JUMDATA_PATH, headers, body };
}

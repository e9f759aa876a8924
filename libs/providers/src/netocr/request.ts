import type { Elements } from '@app/contracts';
import type { NetocrCredentials } from './credentials';
import type { EncodedRequest } from '../dialect';
import { MULTIPART_BOUNDARY } from '../wire/boundary';
import { encodeForm } from '../wire/form';
import { encodeMultipart, type FormField } from '../wire/multipart';

/** Path of netocr's verification of fiscal bills. */
export const NETOCR_PATH = '/verapi/v2/verFinancial.do';

/** netocr's number for 财政票据查验. */
export const NETOCR_TYPE_ID = '3017';

/** The eight text fields of netocr's document, and no file part, ever. */
export function encodeNetocrRequest(credentials: NetocrCredentials, elements: Elements): EncodedRequest {
  const fields: FormField[] = [
    ['key', credentials.key],
    ['secret', credentials.secret],
    ['typeId', NETOCR_TYPE_ID],
    ['invoiceCode', elements.billCode],
    ['invoiceNumber', elements.billNumber],
    ['billingDate', elements.issueDate],
    ['amountTax', elements.totalAmount],
    ['checkCode', elements.checkCode],
  ];
  const isForm = credentials.encoding === 'urlencoded';
  const body = isForm ? encodeForm(fields) : encodeMultipart(fields, MULTIPART_BOUNDARY);
  const contentType = isForm ? 'application/x-www-form-urlencoded' : `multipart/form-data; boundary=${MULTIPART_BOUNDARY}`;
  return { method: 'POST', path: NETOCR_PATH, headers: { 'Content-Type': contentType, 'Content-Length': String(body.length) }, body };
}

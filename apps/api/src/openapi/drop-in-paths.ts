import { JUMDATA_PATH, NETOCR_PATH } from '@app/providers';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const NETOCR_FIELDS = form(['key', 'secret', 'typeId', 'invoiceCode', 'invoiceNumber', 'billingDate', 'amountTax', 'checkCode']);
const JUMDATA_FIELDS = form(['appId', 'timestamp', 'sign', 'fpdm', 'fphm', 'jym', 'kqrq', 'je']);

const NETOCR_REPLY = {
  type: 'object',
  required: ['code', 'msg'],
  properties: { code: { type: 'integer' }, msg: { type: 'string' }, data: { type: 'object' } },
};
const JUMDATA_REPLY = {
  type: 'object',
  required: ['code', 'msg', 'charge'],
  properties: {
    code: { type: 'integer' },
    msg: { type: 'string' },
    taskNo: { type: 'string', pattern: '^\\d{1,37}$' },
    charge: { type: 'boolean' },
    data: { type: 'object' },
  },
};

/** The endpoints that speak a provider's dialect, in short: the providers' own documents say what stands in their replies. */
export function dropInPaths(): object {
  const jumdata = responses(JUMDATA_REPLY, { code: 400, msg: '参数错误: appId 或 sign 无效', charge: false });
  return {
    [NETOCR_PATH]: {
      post: {
        ...operation('verifyAsNetocr', 'Verify as netocr does (翔云): for systems that were written for netocr'),
        requestBody: { required: true, content: { 'multipart/form-data': { schema: NETOCR_FIELDS }, [FORM]: { schema: NETOCR_FIELDS } } },
        responses: responses(NETOCR_REPLY, { code: -30017, msg: '传入参数不正确: key 或 secret 无效' }),
      },
    },
    [JUMDATA_PATH]: {
      get: {
        ...operation('verifyAsJumdataByQuery', 'As by POST; the operator may have switched it off'),
        parameters: JUMDATA_FIELDS.required.map((name) => ({ name, in: 'query', required: true, schema: { type: 'string' } })),
        responses: jumdata,
      },
      post: {
        ...operation('verifyAsJumdata', 'Verify as jumdata does (聚美): for systems that were written for jumdata'),
        requestBody: { required: true, content: { [FORM]: { schema: JUMDATA_FIELDS } } },
        responses: jumdata,
      },
    },
  };
}

function operation(operationId: string, summary: string): object {
  const description = 'A client credential inside the call opens it (`piaoyan credential create`), not an API key.';
  return { tags: ['drop-in'], operationId, summary, description, security: [] };
}

function form(names: readonly string[]): { type: 'object'; required: readonly string[]; properties: object } {
  return {
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string', maxLength: 256 }])),
  };
}

function responses(schema: object, refused: object): object {
  const answer = (description: string, example?: object): object => ({
    description,
    content: { [JSON_TYPE]: { schema, ...(example && { example }) } },
  });
  return {
    200: { ...answer('Every outcome of a verification, told by its code'), headers: HEADERS },
    400: answer('The form cannot be read'),
    401: answer('The credential is wrong', refused),
    403: answer('The credential is no longer valid, or may not be used from this address'),
    413: answer('More than 16 KiB'),
    415: answer('A file, or another kind of body'),
    429: answer('Too many calls of this credential'),
    500: answer('An internal error'),
    503: answer('Not available right now'),
  };
}

const text = (description: string): object => ({ description, schema: { type: 'string' } });
const HEADERS = {
  'X-Piaoyan-Attempt': text('The upstream call that the answer is from; absent when there was none'),
  'X-Piaoyan-Provider': text('Who was asked: netocr or jumdata; absent when nobody was'),
  'X-Piaoyan-Origin': text('upstream, cache, local or joined'),
  'X-Piaoyan-Charge': text('What this call cost: charged, notCharged or unknown'),
};

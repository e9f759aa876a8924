import type { Canaries } from './canary';
import type { InsistentCaller } from './insistent-caller';

/** Asks for trouble: canaries in paths, queries, headers, broken bodies, wrong values, keys and passwords, which errors and logs like to repeat. */
export async function provoke(caller: InsistentCaller, key: string, canaries: Canaries): Promise<number> {
  const requests = provocations(key, canaries);
  for (const [path, init] of requests) await caller.ask(path, () => init());
  return requests.length;
}

type Provocation = readonly [path: string, init: () => RequestInit];

function provocations(key: string, canaries: Canaries): Provocation[] {
  const bad = canaries.mint('badInput');
  const plain = canaries.mintPlain('badInput');
  const escaped = encodeURIComponent(bad);
  const auth = { authorization: `Bearer ${key}` };
  const get = (path: string, headers: Record<string, string> = {}): Provocation => [path, () => ({ headers: { ...auth, ...headers } })];
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Provocation => [
    path,
    () => ({
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...auth, 'content-type': 'application/json', ...headers },
    }),
  ];
  const file = (name: string, bytes: string, type: string): Provocation => [
    '/v1/receipts',
    () => {
      const form = new FormData();
      form.append('file', new Blob([bytes], { type }), name);
      return { method: 'POST', body: form, headers: auth };
    },
  ];
  const query = canaries.mint('query');
  const elements = { billCode: plain, billNumber: bad, checkCode: bad, issueDate: bad, totalAmount: bad };
  const signIn = { tenant: bad, login: canaries.mintPlain('login'), password: canaries.mintPlain('password', 16) };
  return [
    get(`/v1/${escaped}`),
    get(`/v1/receipts/${escaped}`),
    get(`/v1/verifications/${plain}?${plain}=${escaped}`),
    // No parameter takes them; who sends them all the same must not find them in a log.
    get(`/v1/bills?q=${encodeURIComponent(query)}`),
    get(`/v1/bills?checkCode=${plain}&${plain}=1`),
    post('/v1/bills/search', { q: query, checkCode: plain }),
    post('/v1/bills/search', { [bad]: bad, payee: query }),
    post('/v1/bills/export', { format: 'csv', q: query }),
    get(`/v1/receipts/${plain}/image`, { 'x-piaoyan-purpose': escaped }),
    get('/v1/receipts', { authorization: `Bearer ${canaries.mintPlain('apiKey', 40)}` }),
    get('/v1/receipts', {
      'user-agent': canaries.mintPlain('userAgent'),
      'x-request-id': plain,
      referer: `http://${plain}.example/`,
      cookie: `session=${plain}`,
    }),
    post('/v1/bills/of-payer', { payer: canaries.mint('query') }),
    post('/v1/bills/of-payer', { payerCreditCode: canaries.mintPlain('query', 18) }),
    post('/v1/verifications', { elements }),
    post('/v1/verifications', { [bad]: 1, receiptId: plain }),
    post('/v1/verifications', `{"elements":{"payer":"${bad}`),
    post('/v1/verifications', bad, { 'content-type': `text/${plain}` }),
    post('/v1/verifications', { elements }, { 'idempotency-key': `${plain} ${plain}` }),
    post('/v1/webhooks', { url: `http://${plain.toLowerCase()}.invalid/${plain}`, eventTypes: [bad], description: bad }),
    post('/v1/session', signIn),
    post('/v1/session', { login: signIn.login, password: { [bad]: bad } }),
    file(`${canaries.mint('fileName')}.png`, `\x89PNG\r\n\x1a\n${bad}`, 'image/png'),
    file(`${canaries.mint('fileName')}.pdf`, `%PDF-1.7\n${bad}\n%%EOF`, 'application/pdf'),
    file(`${canaries.mint('fileName')}.xml`, `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "${bad}">]><EInvoice>&e;${bad}`, 'text/xml'),
    file(`${canaries.mint('fileName')}.ofd`, `PK\x03\x04${bad}`, 'application/ofd'),
    file(`${canaries.mint('fileName')}.exe`, bad, `application/${plain}`),
    post('/verapi/v2/verFinancial.do', `key=${plain}&secret=${canaries.mintPlain('password', 16)}&invoiceCode=${escaped}&x=${escaped}`, {
      'content-type': 'application/x-www-form-urlencoded',
    }),
    get(`/invoice/validate/fiscal?appId=${plain}&timestamp=${plain}&sign=${plain}&fpdm=${escaped}&jym=${escaped}`),
  ];
}

import { createHash } from 'node:crypto';
import type { Elements } from '@app/contracts';
import { rawCall, type RawReply } from './raw-call';

/** What a client is configured with. */
export interface JumdataAccount {
  url: string;
  appId: string;
  appSecret: string;
}

/** A program that was written after jumdata's document. */
export interface JumdataClient {
  name: string;
  verify(account: JumdataAccount, elements: Elements): Promise<RawReply>;
}

/** sha256(appId + appSecret + timestamp), as the document says it. */
export function signatureOf({ appId, appSecret }: JumdataAccount, timestamp: string): string {
  return createHash('sha256').update(appId).update(appSecret).update(timestamp).digest('hex');
}

/** The eight parameters of a call made now, with changes. */
export function parametersOf(account: JumdataAccount, elements: Elements, changes: Record<string, string> = {}): Record<string, string> {
  const timestamp = changes.timestamp ?? String(Date.now());
  return {
    appId: account.appId,
    timestamp,
    sign: signatureOf(account, timestamp),
    fpdm: elements.billCode,
    fphm: elements.billNumber,
    jym: elements.checkCode,
    kqrq: elements.issueDate,
    je: elements.totalAmount,
    ...changes,
  };
}

export function byQuery(url: string, parameters: Record<string, string>, method: 'GET' | 'POST' | 'HEAD' = 'GET'): Promise<RawReply> {
  return rawCall(`${url}?${new URLSearchParams(parameters).toString()}`, { method });
}

export function byForm(url: string, parameters: Record<string, string>): Promise<RawReply> {
  const body = new URLSearchParams(parameters).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) };
  return rawCall(url, { headers, body });
}

/** The ways in which jumdata's document lets a client call, and those that its clients are known for. */
export const JUMDATA_CLIENTS: readonly JumdataClient[] = [
  { name: 'GET with a query', verify: (account, elements) => byQuery(account.url, parametersOf(account, elements)) },
  { name: 'POST with a form', verify: (account, elements) => byForm(account.url, parametersOf(account, elements)) },
  { name: 'POST with a query and no body', verify: (account, elements) => byQuery(account.url, parametersOf(account, elements), 'POST') },
  {
    name: 'a signature in upper case',
    verify: (account, elements) => {
      const parameters = parametersOf(account, elements);
      return byForm(account.url, { ...parameters, sign: parameters.sign!.toUpperCase() });
    },
  },
  {
    name: 'the day as yyyyMMdd',
    verify: (account, elements) => byForm(account.url, parametersOf(account, elements, { kqrq: elements.issueDate.replaceAll('-', '') })),
  },
  {
    name: 'the day as kprq, as sister services call it',
    verify: (account, elements) => {
      const { kqrq, ...others } = parametersOf(account, elements);
      return byForm(account.url, { ...others, kprq: kqrq! });
    },
  },
  {
    name: 'credentials in the query and the elements in the body',
    verify: (account, elements) => {
      const { appId, timestamp, sign, ...bill } = parametersOf(account, elements);
      const query = new URLSearchParams({ appId: appId!, timestamp: timestamp!, sign: sign! });
      return byForm(`${account.url}?${query.toString()}`, bill);
    },
  },
];

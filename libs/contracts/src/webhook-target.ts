import { z } from 'zod';

/** A host that webhooks may go to, over one protocol and port; `*.bank.example` stands for every name below it, and not for itself. */
export interface WebhookHost {
  kind: 'host';
  protocol: 'https:' | 'http:';
  /** As in `URL.hostname`: lower case, IPv6 in brackets. */
  host: string;
  isWildcard: boolean;
  port: number;
}

/** A network that webhooks may go to, by https on port 443. */
export interface WebhookNetwork {
  kind: 'network';
  cidr: string;
}

/** What an operator lets webhooks reach. */
export type WebhookTarget = WebhookHost | WebhookNetwork;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(https?:)//(\\*\\.)?(${LABEL}(?:\\.${LABEL})*|\\[[0-9a-f:]+\\])(?::([1-9]\\d{0,4}))?$`);
/** Wider ones are no choice of anybody's. */
const WIDEST_PREFIX = { v4: 8, v6: 32 };
const RULE =
  'must be "none" or a comma-separated list of https://host, https://host:port, https://*.domain.example, http://host:port or networks such as 10.20.0.0/16';

/** The operator's allow-list, such as `https://erp.bank.example, https://*.bank.example:8443, 10.20.0.0/16`; `none` allows nothing. */
export const WebhookTargets = z.string().transform((text, context): WebhookTarget[] => {
  if (text.trim() === 'none') return [];
  const targets = text.split(',').map((entry) => targetOf(entry.trim()));
  if (!targets.includes(null)) return targets.filter((target) => target !== null);
  context.addIssue({ code: 'custom', message: RULE });
  return z.NEVER;
});

function targetOf(entry: string): WebhookTarget | null {
  return hostOf(entry) ?? networkOf(entry);
}

function hostOf(entry: string): WebhookHost | null {
  const [, scheme, star, host = '', portText] = HOST.exec(entry) ?? [];
  if (scheme === undefined) return null;
  const protocol = scheme === 'http:' ? 'http:' : 'https:';
  const port = portText === undefined ? DEFAULT_PORT[protocol] : Number(portText);
  const isWildcard = star !== undefined;
  // A wildcard over a whole top-level domain allows everything, and one over an address means nothing.
  const isTooWide = isWildcard && (!host.includes('.') || /\.\d+$/.test(host));
  const isOddlySpelt = URL.parse(`${protocol}//${host}`)?.hostname !== host;
  return isTooWide || isOddlySpelt || port > 65_535 ? null : { kind: 'host', protocol, host, isWildcard, port };
}

const DEFAULT_PORT = { 'https:': 443, 'http:': 80 };

function networkOf(entry: string): WebhookNetwork | null {
  const prefix = Number(entry.split('/')[1]);
  const isV4 = z.cidrv4().safeParse(entry).success && prefix >= WIDEST_PREFIX.v4;
  const isV6 = z.cidrv6().safeParse(entry).success && prefix >= WIDEST_PREFIX.v6;
  return isV4 || isV6 ? { kind: 'network', cidr: entry } : null;
}

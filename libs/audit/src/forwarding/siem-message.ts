import type { RecordedEntry } from '../trail/recorded-entry';

/** How an entry is written for a SIEM. */
export const SIEM_FORMATS = ['rfc5424', 'cef', 'json'] as const;
export type SiemFormat = (typeof SIEM_FORMATS)[number];

/** What the messages say of this installation. */
export interface SiemSource {
  host: string;
  version: string;
}

/** Facility 13, log audit; severity 6, informational, or 4, warning. */
const PRIORITY = { success: 13 * 8 + 6, failure: 13 * 8 + 4 } as const;
/** CEF's severities go from 0 to 10. */
const SEVERITY = { success: 3, failure: 6 } as const;
/** The enterprise number that is for examples (RFC 5612): we have none of our own, and a receiver finds the fields by their names. */
const SD_ID = 'piaoyan@32473';
const BYTE_ORDER_MARK = '\ufeff';
/** RFC 5425 asks receivers to take 8192 bytes. No detail of ours is as long; whoever calls itself something may be. */
const LONGEST_VALUE = 1_000;

/** One entry as one RFC 5424 message, whose content is structured data, CEF or JSON. */
export function siemMessage(entry: RecordedEntry, format: SiemFormat, source: SiemSource): string {
  const header = headerOf(entry, source.host);
  if (format === 'cef') return `${header} - ${cefOf(entry, source.version)}`;
  if (format === 'json') return `${header} - ${BYTE_ORDER_MARK}${JSON.stringify(Object.fromEntries(factsOf(entry)))}`;
  const params = factsOf(entry).map(([name, value]) => `${name}="${line(value).replace(/["\\\]]/g, '\\$&')}"`);
  return `${header} [${SD_ID} ${params.join(' ')}]`;
}

function headerOf({ outcome, recordedAt, action }: RecordedEntry, host: string): string {
  return `<${PRIORITY[outcome]}>1 ${recordedAt} ${printable(host, 255)} piaoyan - ${printable(action, 32)}`;
}

function printable(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, '_').slice(0, longest) || '-';
}

/** Without what has no value, so that no receiver takes an empty text for one. */
function factsOf(entry: RecordedEntry): [string, string][] {
  const { id, tenantId, recordedAt, action, outcome, actorType, actorId, actorName, actorRoles, targetType, targetId } = entry;
  const { requestId, clientAddress, userAgent, detail } = entry;
  const all: [string, string | null][] = [
    ...Object.entries({ id, tenantId, recordedAt, action, outcome, actorType, actorId, actorName, actorRoles, targetType, targetId }),
    ...Object.entries({ requestId, clientAddress, userAgent, detail: JSON.stringify(detail) }),
  ];
  return all.flatMap(([name, value]) => (value === null ? [] : [[name, bounded(value)] as [string, string]]));
}

/** `CEF:0|vendor|product|version|class|name|severity|extension`. */
function cefOf(entry: RecordedEntry, version: string): string {
  const { action, outcome, recordedAt } = entry;
  const head = ['CEF:0', 'Piaoyan', 'piaoyan', version, action, action].map((text) => line(text).replace(/[\\|]/g, '\\$&'));
  const facts = new Map(factsOf(entry));
  const extension = CEF_KEYS.flatMap(([key, name]) => {
    const value = facts.get(name);
    return value === undefined ? [] : [`${key}=${extensionValue(value)}`, ...labelOf(key, name)];
  });
  return [...head, String(SEVERITY[outcome]), [`rt=${Date.parse(recordedAt)}`, ...extension].join(' ')].join('|');
}

const CEF_KEYS: readonly (readonly [string, string])[] = [
  ['externalId', 'id'],
  ['act', 'action'],
  ['outcome', 'outcome'],
  ['suid', 'actorId'],
  ['suser', 'actorName'],
  ['spriv', 'actorRoles'],
  ['src', 'clientAddress'],
  ['requestClientApplication', 'userAgent'],
  ['cs1', 'tenantId'],
  ['cs2', 'actorType'],
  ['cs3', 'targetType'],
  ['cs4', 'targetId'],
  ['cs5', 'requestId'],
  ['msg', 'detail'],
];

function labelOf(key: string, name: string): string[] {
  return /^cs\d$/.test(key) ? [`${key}Label=${name}`] : [];
}

function extensionValue(text: string): string {
  return line(text.replace(/[\\=]/g, '\\$&').replace(/\r\n|\n|\r/g, '\\n'));
}

/** On one line: whatever reads lines finds no second message in it. */
function line(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
}

function bounded(text: string): string {
  const characters = Array.from(text.slice(0, 2 * LONGEST_VALUE));
  return characters.length > LONGEST_VALUE ? `${characters.slice(0, LONGEST_VALUE).join('')}…` : text;
}

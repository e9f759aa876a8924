import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readImports } from './import-graph';

const ROOT = resolve(__dirname, '../..');
/** What can open a connection, or ask a resolver. */
const OPENERS = /^(node:(http|https|http2|net|tls|dgram|dns)|undici|ldapts|openid-client|ws|axios|node-fetch)$/;
/** Development only, or run in a browser whose policy allows the own origin alone. */
const ELSEWHERE = /^(libs\/(devstack|samples)|apps\/(demo|sandbox|console))\//;

/** Every production file that could open a connection, and to whom. A new one is a decision: it is added here with its reason. */
const WAYS_OUT: Record<string, string> = {
  'apps/egress/src/upstream/exchange.ts': 'the one way to providers: five elements, to configured hosts',
  'apps/egress/src/upstream/open-connection.ts': 'its connections',
  'apps/api/src/auth/client-certificates.ts': 'tells whether a connection that came in is TLS',
  'apps/worker/src/webhooks/delivering.module.ts': 'names the authorities that webhooks trust',
  'libs/identity/src/federation/ldap/directory-connection.ts':
    'the api to the directories of the settings, by TLS of the configured authority',
  'libs/identity/src/federation/ldap/directory.ts': 'what is asked there: searches and binds',
  'libs/identity/src/federation/ldap/user-filter.ts': 'checks the form of filters',
  'libs/identity/src/federation/oidc/issuer-fetch.ts': 'the api to the host of an issuer of the settings, and to no other',
  'libs/identity/src/federation/oidc/oidc-provider.ts': 'what is asked there, through issuer-fetch alone',
  'libs/audit/src/forwarding/syslog-transport.ts': 'entries of the audit to the SIEM that the operator names',
  'libs/receipts/src/scanning/clamd-scanner.ts':
    'originals to the malware scanner that the operator names, on this machine or in a private network',
  'libs/receipts/src/scanning/own-zone.ts': 'tells addresses apart',
  'libs/audit/src/anchors/bucket/store-connection.ts': 'anchors of the audit to the bucket that the operator names: ids and hashes',
  'libs/identity/src/sign-in/address-throttle.ts': 'tells addresses apart',
  'libs/verification/src/sending/https-egress-client.ts': 'the worker to egress, by mutual TLS',
  'libs/webhooks/src/delivery/webhook-sender.ts': 'webhooks, to what AllowedTargets and TargetResolver let pass',
  'libs/webhooks/src/target/target-resolver.ts': 'resolves the names of webhooks, once for each try',
  'libs/webhooks/src/target/address-kind.ts': 'tells addresses apart',
  'libs/webhooks/src/target/allowed-targets.ts': 'tells addresses apart',
};

describe('the ways out of the house', () => {
  const openers = readImports()
    .filter(({ file, target }) => OPENERS.test(target) && !ELSEWHERE.test(file))
    .map(({ file }) => file);
  const sources = [...new Set(readImports().map(({ file }) => file))].filter((file) => !ELSEWHERE.test(file));
  const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

  it('are these and no others', () => {
    const opening = [...new Set(openers)].filter((file) => importsValue(text(file)));
    expect(opening.sort()).toEqual(Object.keys(WAYS_OUT).sort());
  });

  it('do not lie in what the language brings along', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(
      sources.filter((file) =>
        /(?<![.\w]|async )(?:fetch\(|new (?:WebSocket|EventSource|XMLHttpRequest)\b)/.test(withoutComments(text(file))),
      ),
    ).toEqual([]);
  });
});

/** Whether a file imports more than types from what can open a connection. */
function importsValue(source: string): boolean {
  return [...source.matchAll(/import (type )?([^;]*?) from '([^']+)'/g)].some(([, type, names = '', target = '']) => {
    const isTypesOnly = type !== undefined || /^\{(\s*type [^,}]+,?)+\s*\}$/.test(names);
    return OPENERS.test(target) && !isTypesOnly;
  });
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '');
}

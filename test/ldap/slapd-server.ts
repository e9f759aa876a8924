import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Certificates } from '../../libs/devstack/src/certificates/certificates';

export const SLAPD = '/usr/sbin/slapd';
const MODULES = '/usr/lib/ldap';
const SCHEMAS = '/etc/ldap/schema';
const READY_MS = 20_000;
const POLL_MS = 50;

/** An OpenLDAP of the test's own, on loopback. */
export interface SlapdServer {
  ldapPort: number;
  ldapsPort: number;
  close(): Promise<void>;
}

/**
 * Starts slapd with these entries. It answers only whoever uses TLS, and lets a bind with a name and no password pass as anonymous, which is
 * the trap that clients must not walk into.
 */
export async function startSlapd(directory: string, ldif: string, { caFile, egress }: Certificates): Promise<SlapdServer> {
  const [database, configuration, entries] = [join(directory, 'db'), join(directory, 'slapd.conf'), join(directory, 'entries.ldif')];
  await mkdir(database, { recursive: true });
  await writeFile(configuration, configurationOf({ directory, database, caFile, ...egress }));
  await writeFile(entries, ldif);
  await promisify(execFile)(SLAPD, ['-T', 'add', '-f', configuration, '-l', entries]);
  const [ldapPort, ldapsPort] = [await freePort(), await freePort()];
  const urls = `ldap://127.0.0.1:${ldapPort}/ ldaps://127.0.0.1:${ldapsPort}/ ldaps://127.0.0.2:${ldapsPort}/`;
  const slapd = spawn(SLAPD, ['-f', configuration, '-h', urls, '-d', '0'], { stdio: 'ignore' });
  await answering(ldapPort, slapd);
  return { ldapPort, ldapsPort, close: () => ended(slapd) };
}

function configurationOf(files: { directory: string; database: string; caFile: string; certFile: string; keyFile: string }): string {
  return `
include ${SCHEMAS}/core.schema
include ${SCHEMAS}/cosine.schema
include ${SCHEMAS}/inetorgperson.schema
modulepath ${MODULES}
moduleload back_mdb
moduleload memberof
moduleload ppolicy
pidfile ${files.directory}/slapd.pid
TLSCACertificateFile ${files.caFile}
TLSCertificateFile ${files.certFile}
TLSCertificateKeyFile ${files.keyFile}
security simple_bind=128
allow bind_anon_cred bind_anon_dn
database mdb
suffix "dc=bank"
rootdn "cn=root,dc=bank"
directory ${files.database}
maxsize 33554432
overlay memberof
overlay ppolicy
ppolicy_default "cn=policy,dc=bank"
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(port: number, slapd: ChildProcess): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until && slapd.exitCode === null) {
    if (await isOpen(port)) return;
    await wait(POLL_MS);
  }
  throw new Error(`slapd does not answer on port ${port} (exit code ${slapd.exitCode}), awaited for ${READY_MS} ms`);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function ended(slapd: ChildProcess): Promise<void> {
  if (slapd.exitCode !== null || slapd.signalCode !== null) return;
  const exit = new Promise((resolve) => slapd.once('exit', resolve));
  slapd.kill('SIGTERM');
  await exit;
}

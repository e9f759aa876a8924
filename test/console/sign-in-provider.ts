import { mkdir, writeFile } from 'node:fs/promises';
import { request, type RequestOptions } from 'node:http';
import { createServer, type Server } from 'node:https';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createCertificates } from '../../libs/devstack/src/certificates/certificates';
import { CLIENT, startOidcServer } from '../support/oidc-server';
import { TENANT } from '../../apps/demo/src/seed-tenant';

/** The bank's own sign-in beside the demo: a real OIDC provider, and TLS in front of the api, without which no provider sends anybody back. */
export interface SignInProvider {
  /** Where the console is served over TLS. */
  readonly url: string;
  readonly issuer: string;
  /** Environment of the api. */
  readonly settings: Record<string, string>;
  /** Where the api listens, once that is known. */
  serve(apiUrl: string): void;
  close(): Promise<void>;
}

/** Its one person is a clerk by the groups that the provider tells. */
export async function startSignInProvider(folder: string): Promise<SignInProvider> {
  await mkdir(folder, { recursive: true });
  const { egress: certificate, caFile } = await createCertificates(join(folder, 'certificates'));
  let apiUrl = '';
  const front = createServer({ cert: await readFile(certificate.certFile), key: await readFile(certificate.keyFile) }, (from, to) => {
    const asked: RequestOptions = { method: from.method, headers: from.headers };
    const passed = request(new URL(from.url ?? '/', apiUrl), asked, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    passed.on('error', () => to.destroy());
    from.pipe(passed);
  });
  const url = await listen(front);
  const provider = await startOidcServer(certificate, [`${url}/v1/sign-in/oidc/sso/callback`]);
  provider.account = { id: 'u-1', claims: { preferred_username: 'zhao.liu', name: '赵柳', groups: ['bill-clerks'] } };
  const clientSecretFile = join(folder, 'secret');
  await writeFile(clientSecretFile, `${CLIENT.secret}\n`);
  const file = join(folder, 'sign-in.json');
  const source = {
    ...{ id: 'sso', kind: 'oidc', name: '统一身份认证', tenant: TENANT, issuer: provider.issuer },
    ...{ clientId: CLIENT.id, clientSecretFile, caFile, rules: [{ group: 'bill-clerks', roles: ['clerk'] }] },
  };
  await writeFile(file, JSON.stringify({ publicUrl: url, sources: [source] }));
  return {
    url,
    issuer: provider.issuer,
    settings: { PIAOYAN_SIGN_IN_FILE: file },
    serve: (at) => {
      apiUrl = at;
    },
    close: async () => {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      await provider.close();
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

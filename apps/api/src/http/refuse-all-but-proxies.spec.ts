import fastify from 'fastify';
import { refuseAllButProxies } from './refuse-all-but-proxies';

describe('an api that a proxy stands in front of', () => {
  const PROXIES = ['10.20.0.0/24', 'fd00::7'];
  const statusOf = async (remoteAddress: string, url: string, headers: Record<string, string> = {}, proxies = PROXIES): Promise<number> => {
    const server = fastify({ trustProxy: proxies });
    refuseAllButProxies(server, proxies);
    server.setErrorHandler((error: Error & { status?: number }, _request, reply) => reply.status(error.status ?? 500).send());
    server.get('*', () => 'served');
    return (await server.inject({ url, remoteAddress, headers })).statusCode;
  };

  it.each(['10.20.0.31', '::ffff:10.20.0.31', 'fd00::7'])('answers the proxy at %s', async (address) => {
    expect(await statusOf(address, '/v1/receipts')).toBe(200);
    expect(await statusOf(address, '/v1/receipts', { 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.99.0.1' })).toBe(200);
  });

  it.each(['10.20.1.31', '127.0.0.1', '::1', 'fd00::8'])('refuses %s, whatever it says, on all that is not health', async (address) => {
    const said = { 'x-forwarded-for': '10.20.0.31', 'x-forwarded-proto': 'https', forwarded: 'for=10.20.0.31' };
    for (const url of ['/v1/receipts', '/', '/healthy', '//health/live', '/v1/health/live'])
      expect([url, await statusOf(address, url, said)]).toEqual([url, 403]);
    for (const url of ['/health/live', '/health', '/health/ready?x']) expect([url, await statusOf(address, url)]).toEqual([url, 200]);
  });

  it('refuses what came to the proxy in clear, and everybody where no proxy is named', async () => {
    expect(await statusOf('10.20.0.31', '/v1/receipts', { 'x-forwarded-proto': 'http' })).toBe(403);
    expect(await statusOf('10.20.0.31', '/v1/receipts', {}, [])).toBe(403);
  });
});

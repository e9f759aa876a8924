import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { freePorts, isPortFree } from './free-port';

describe('free ports', () => {
  it('are all different and free', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
    expect(await isPortFree(ports[0]!)).toBe(true);
  });

  it('are told from taken ones', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await isPortFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(port)).toBe(true);
  });
});

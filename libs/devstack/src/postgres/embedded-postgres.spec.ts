import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { isPortFree } from '../network/free-port';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps its data between starts, even in a folder that its own user may not enter', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'piaoyan-private-'));
    const dataDir = join(folder, 'postgres');
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first.superuserUrl(), 'create table kept as select 7 as value');
    await first.stop();
    expect(await isPortFree(first.port)).toBe(true);

    const second = await startEmbeddedPostgres({ dataDir });
    expect(await query(second.superuserUrl(), 'select value from kept')).toEqual([{ value: 7 }]);
    await second.stop();

    await removeEmbeddedPostgres(dataDir);
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
    await rm(folder, { recursive: true });
  });

  it('ends a server that a killed parent left on the data before it starts anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'piaoyan-private-'));
    const dataDir = join(folder, 'postgres');
    const forgotten = await startEmbeddedPostgres({ dataDir });
    const next = await startEmbeddedPostgres({ dataDir });
    expect(await isPortFree(forgotten.port)).toBe(true);
    expect(await query(next.superuserUrl(), 'select 1 as one')).toEqual([{ one: 1 }]);
    await removeEmbeddedPostgres(dataDir);
    expect(await isPortFree(next.port)).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('listens on loopback only, asks for a password, and stores text as UTF-8', async () => {
    const server = await startEmbeddedPostgres({ settings: { max_connections: '17' } });
    const settings = await query(
      server.superuserUrl(),
      `select name, setting from pg_settings where name in ('listen_addresses', 'max_connections', 'server_encoding') order by 1`,
    );
    expect(settings).toEqual([
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'max_connections', setting: '17' },
      { name: 'server_encoding', setting: 'UTF8' },
    ]);
    const { port } = server;
    await expect(query(`postgresql://postgres:wrong@127.0.0.1:${port}/postgres`, 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    await server.stop();
  });

  it('says what PostgreSQL said when it does not start', async () => {
    await expect(startEmbeddedPostgres({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /ended with 1 while starting[^]*shared_buffers/,
    );
  });
});

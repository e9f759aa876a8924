import type { DataSource } from 'typeorm';
import { eventually } from '../../../test/support/eventually';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { createDataSource } from './data-source';
import { NotificationListener } from './notification-listener';

describe('NotificationListener', () => {
  let database: TestDatabase;
  let other: DataSource;
  let heard: string[];
  let begun: number;
  let listener: NotificationListener;
  beforeAll(async () => {
    database = await createTestDatabase();
    other = await createDataSource({ url: database.superuserUrl, applicationName: 'spec' }).initialize();
  });
  beforeEach(() => {
    heard = [];
    begun = 0;
    listener = listenerAt(database.apiUrl);
  });
  afterEach(() => listener.close());
  afterAll(async () => {
    await other.destroy();
    await database.drop();
  });

  const listenerAt = (url: string) =>
    new NotificationListener({
      url,
      applicationName: 'spec-listener',
      channel: 'spec',
      onNotification: (payload) => heard.push(payload),
      onListening: () => begun++,
    });

  it('hears what is told on its channel from when it started until it is closed', async () => {
    await listener.start();
    expect(listener.isListening).toBe(true);
    await other.query(`select pg_notify('another', 'x'), pg_notify('spec', 'a')`);
    await eventually(() => heard.length > 0);
    await listener.close();
    await other.query(`notify spec, 'b'`);
    expect(listener.isListening).toBe(false);
    expect(heard).toEqual(['a']);
  });

  it('listens again by itself when its connection was cut, and says so', async () => {
    await listener.start();
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'spec-listener' and datname = current_database()`,
    );
    await eventually(() => !listener.isListening);
    await eventually(() => begun === 2 && listener.isListening);
    await other.query(`notify spec, 'again'`);
    await eventually(() => heard.includes('again'));
  });

  it('does not fail where nobody answers, and hears nothing', async () => {
    const lonely = listenerAt('postgresql://nobody:x@127.0.0.1:1/none');
    await lonely.start();
    expect(lonely.isListening).toBe(false);
    await lonely.close();
  });
});

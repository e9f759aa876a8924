import type { WorkerConfig } from '@app/config';
import { WebhookTargets } from '@app/contracts';
import { DatabaseModule, UnitOfWork } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { AuditEntry } from '@app/audit';
import { WebhookDelivery, WebhookEndpoint, WebhookEndpoints, WebhookEvent, WebhookOutbox, WebhooksModule } from '@app/webhooks';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from '../../../../test/support/eventually';
import { createTestDatabase } from '../../../../test/support/test-database';
import { status, WebhookReceiver } from '../../../../test/support/webhook-receiver';
import { WorkerModule } from '../worker.module';

const SILENT = { log: () => undefined, warn: () => undefined, error: () => undefined };
const MASTER_KEY = 'e'.repeat(64);

describe('a worker that delivers webhooks', () => {
  it('posts what was emitted, and comes back when it failed', async () => {
    const database = await createTestDatabase();
    const receiver = await WebhookReceiver.start();
    const targets = WebhookTargets.parse(receiver.origin);
    const config = {
      PIAOYAN_DATABASE_URL: database.workerUrl,
      PIAOYAN_MASTER_KEY: MASTER_KEY,
      PIAOYAN_CRYPTO_SUITE: 'standard',
      PIAOYAN_WORKER_QUEUES: ['webhook.deliver'],
      PIAOYAN_FAILOVER_ORDER: ['netocr', 'jumdata'],
      PIAOYAN_WEBHOOK_TARGETS: targets,
      PIAOYAN_EGRESS_URL: 'https://127.0.0.1:1',
    } as unknown as WorkerConfig;
    const worker = await Test.createTestingModule({ imports: [WorkerModule.forRoot(config)] }).compile();
    worker.useLogger(SILENT);
    await worker.init();
    const url = database.apiUrl;
    const api = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url, applicationName: 'spec', entities: [AuditEntry, WebhookEndpoint, WebhookEvent, WebhookDelivery] }),
        KeyringModule.forRoot({ masterKey: MASTER_KEY, suite: 'standard' }),
        QueueModule.forProducer({ url }),
        WebhooksModule.forManaging({ targets }),
      ],
    }).compile();
    const tenant = { tenantId: uuidv7(), actor: { type: 'apiKey' as const, id: 'key-1', name: 'erp' } };
    const observer = new Client({ connectionString: database.superuserUrl });
    await observer.connect();
    await observer.query('insert into tenant (id, name) values ($1, $2)', [tenant.tenantId, 'bank']);
    const endpoints = api.get(WebhookEndpoints, { strict: false });
    const { secret } = await endpoints.create(tenant, { url: receiver.origin, description: '', eventTypes: ['receipt.read'] });
    receiver.willAnswer(status(500), status(204));
    const receiptId = uuidv7();
    const data = { receiptId, batchId: null, state: 'read', decision: 'auto', bills: 1 } as const;
    const outbox = api.get(WebhookOutbox, { strict: false });
    await api.get(UnitOfWork).run(tenant, (tx) => outbox.emit(tx, { type: 'receipt.read', subjectId: receiptId, data }));
    await eventually(() => receiver.messages.length === 2, { what: 'the second try' });
    for (const message of receiver.messages) expect(receiver.verified(message, secret)).toMatchObject({ type: 'receipt.read', data });
    await eventually(async () => (await observer.query(`select from webhook_delivery where state = 'delivered'`)).rowCount === 1);
    await Promise.all([worker.close(), api.close(), observer.end(), receiver.stop()]);
    await database.drop();
  });
});

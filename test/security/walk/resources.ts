import { setTimeout } from 'node:timers/promises';
import {
  ApprovalView,
  ReceiptView,
  SubjectRequestView,
  VerificationBatchView,
  VerificationView,
  WebhookDeliveryView,
  WebhookEndpointSecretView,
} from '@app/contracts';
import sharp from 'sharp';
import type { ApiBench } from '../../support/api-bench';
import { csvOf } from '../../support/batch-bench';
import { madeUpReading } from '../../support/made-up-reading';
import { lost, newElements } from '../../support/verification-bench';

/** What a tenant was given, so that each route that names a resource finds one. */
export interface Resources {
  /** Ids of what cannot be found by a list, by the path before the id. Where a list is served at that path, its first row is taken. */
  ids: Readonly<Record<string, string>>;
  /** Bodies of routes that must name what exists, in place of the documented example. */
  bodies: Readonly<Record<string, unknown>>;
}

const JSON_BODY = { 'content-type': 'application/json' };

/** Gives the bench's first tenant one of each kind. A new kind whose list is empty here belongs here. */
export async function makeResources(bench: ApiBench): Promise<Resources> {
  const post = async (path: string, body: object, method = 'POST', headers: Record<string, string> = {}): Promise<unknown> => {
    const response = await bench.fetch(path, { method, body: JSON.stringify(body), headers: { ...JSON_BODY, ...headers } });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  await post('/v1/legal-holds', { targetType: 'receipt', targetId: await receipt(bench), reason: 'walk' });
  await people(bench);
  bench.egress.willSay(lost);
  const verification = VerificationView.parse(await post('/v1/verifications', { elements: newElements() }, 'POST', { prefer: 'wait=20' }));
  const batch = VerificationBatchView.parse(await batchOf(bench));
  const webhook = WebhookEndpointSecretView.parse(
    await post('/v1/webhooks', { url: WEBHOOK_TARGET, eventTypes: ['verification.settled'] }),
  );
  const delivery = WebhookDeliveryView.parse(await post(`/v1/webhooks/${webhook.id}/test`, {}));
  const change = { version: 0, dailyQuota: 1_000, reason: 'walk' };
  const approval = ApprovalView.parse(await post('/v1/verification-policy', change, 'PUT'));
  const { items } = (await (await bench.fetch('/v1/bills')).json()) as { items: { id: string }[] };
  await post(`/v1/bills/${items[0]!.id}/booking`, { voucher: '记-1', override: true, reason: 'walk' });
  await exportedSubject(bench, post);
  return {
    ids: {
      '/v1/key-exports/': await keyExport(bench),
      '/v1/verifications/': verification.id,
      '/v1/verification-batches/': batch.id,
      '/v1/webhooks/deliveries/': delivery.id,
    },
    bodies: {
      'POST /v1/verifications/:id/settlement': { attemptId: verification.attempts[0]!.id, charge: 'notCharged', reason: 'walk' },
      'POST /v1/tenant-erasure': { name: 'first', reason: 'walk' },
      'POST /v1/approvals/:id/decision': { decision: 'reject', payloadHash: approval.payloadHash, reason: 'walk' },
    },
  };
}

/** Where the walk's webhooks may go; nothing is sent, since no worker delivers them. */
export const WEBHOOK_TARGET = 'https://erp.bank.example/hook';

/** As two security administrators leave it: ready to be fetched. */
async function keyExport(bench: ApiBench): Promise<string> {
  const id = '019ab1c2-0000-7000-8000-0000000000e1';
  const [tenantId] = bench.tenantIds;
  await bench.rows(`insert into key_export (tenant_id, id, recipient, package_wrapped, sha256) values ($1, $2, 'walk', '{}', 'walk')`, [
    tenantId,
    id,
  ]);
  return id;
}

async function receipt(bench: ApiBench): Promise<string> {
  bench.reader.script = () => madeUpReading(newElements());
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
    .webp()
    .toBuffer();
  bench.reader.pages = [{ mediaType: 'image/webp', bytes: picture }];
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#eee' } })
    .png()
    .toBuffer();
  const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
  const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers });
  const { id, state } = ReceiptView.parse(await response.json());
  if (state !== 'read') throw new Error(`the walk's receipt is ${state}`);
  return id;
}

/** A person's request whose copy can be fetched. */
async function exportedSubject(bench: ApiBench, post: (path: string, body: object) => Promise<unknown>): Promise<void> {
  const order = { kind: 'copy', payer: 'walk', reference: 'walk', purpose: 'walk' };
  const { id } = SubjectRequestView.parse(await post('/v1/subject-requests', order));
  const path = `/v1/subject-requests/${id}`;
  const whenDone = async (): Promise<void> => {
    while (SubjectRequestView.parse(await (await bench.fetch(path)).json()).state.endsWith('ing')) await setTimeout(20);
  };
  await whenDone();
  await post(`${path}/export`, {});
  await whenDone();
}

async function people(bench: ApiBench): Promise<void> {
  const [tenantId] = bench.tenantIds;
  await bench.rows('insert into department (id, tenant_id, name, created_at) values (gen_random_uuid(), $1, $2, now())', [
    tenantId,
    'walk',
  ]);
  await bench.rows(
    `insert into user_account (id, tenant_id, login, login_key, display_name, state, source, roles, must_change_password, created_at)
     values (gen_random_uuid(), $1, 'walk', 'walk', 'walk', 'active', 'local', '{clerk}', false, now())`,
    [tenantId],
  );
}

async function batchOf(bench: ApiBench): Promise<unknown> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(csvOf([newElements()]).bytes)]), 'bills.csv');
  return (await bench.fetch('/v1/verification-batches', { method: 'POST', body: form })).json();
}

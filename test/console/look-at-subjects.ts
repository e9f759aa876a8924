import type { Locator, Page } from 'playwright-core';
import type { Eyes } from './eyes';

const WAIT_MS = 60_000;

/** A reviewer answers persons: one has a copy of what is held, of another the erasure is proposed. The receipt that is open names the person. */
export async function lookAtSubjects(eyes: Eyes): Promise<void> {
  const { page, must, pictures } = eyes;
  // Beside the name stands how sure the reading is of it.
  const [payer = ''] = (await page.locator('[data-field=payer] dd').innerText()).split('\n');
  must(payer !== '' && !payer.includes('*'), 'a reviewer does not see whom a bill names');
  await page.locator('a[href="#/subjects"]').click();
  await page.locator('main .ant-empty').waitFor();
  await pictures('subjects-empty');
  await open(eyes, { kind: /^(复制|Copy)$/, payer, reference: '受理-2026-001' });
  const copy = page.locator('[data-subject="受理-2026-001"]');
  await copy.and(page.locator('[data-state=found]')).waitFor({ timeout: WAIT_MS });
  await copy.locator('[data-action=subject-export]').click();
  await copy.and(page.locator('[data-state=exported]')).waitFor({ timeout: WAIT_MS });
  await takeCopy(eyes, copy);
  await copy.locator('[data-action=subject-close]').click();
  await giveReason(page, '已当面交付副本');
  await copy.and(page.locator('[data-state=closed]')).waitFor();
  await proposeErasure(eyes, payer);
}

/** The demo has no key to sign a copy with: what the api would answer is put in place of its answer. */
async function takeCopy({ page, must }: Eyes, copy: Locator): Promise<void> {
  const headers = { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="subject-1.zip"' };
  await page.route(/\/v1\/subject-requests\/[0-9a-f-]{36}\/exports\/1$/, (route) => route.fulfill({ headers, body: 'PK' }));
  const coming = page.waitForEvent('download');
  await copy.locator('[data-action=subject-download]').click();
  must((await coming).suggestedFilename() === 'subject-1.zip', 'a copy of what is held is no archive');
  await page.unrouteAll({ behavior: 'wait' });
}

async function proposeErasure(eyes: Eyes, payer: string): Promise<void> {
  const { page, must, pictures } = eyes;
  await open(eyes, { kind: /^(删除|Erasure)$/, payer, reference: '受理-2026-002' });
  const card = page.locator('[data-subject="受理-2026-002"]');
  await card.and(page.locator('[data-state=found]')).waitFor({ timeout: WAIT_MS });
  must(!(await page.locator('main').innerText()).includes(payer), 'the person who asks is named');
  await pictures('subjects');
  await card.locator('[data-action=subject-erase]').click();
  must(await page.locator('[role=dialog] .ant-btn-primary').isDisabled(), 'an erasure can be proposed without a word on it');
  await giveReason(page, '客户书面撤回同意');
  const note = page.locator('.ant-message a[href="#/approvals"]');
  await note.waitFor();
  must((await card.getAttribute('data-state')) === 'found', 'one person alone erases');
  await note.waitFor({ state: 'detached' });
}

async function open({ page, fewPictures }: Eyes, asked: { kind: RegExp; payer: string; reference: string }): Promise<void> {
  await page.locator('[data-action=new-subject]').click();
  await page.locator('[role=dialog] .ant-segmented-item', { hasText: asked.kind }).click();
  await page.locator('input[name=subject-who]').fill(asked.payer);
  await page.locator('input[name=subject-reference]').fill(asked.reference);
  await page.locator('input[name=subject-purpose]').fill('客户书面申请');
  await page.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await fewPictures('subjects-open');
  await page.locator('[role=dialog] .ant-btn-primary').click();
  await page.locator(`[data-subject="${asked.reference}"]`).waitFor();
}

async function giveReason(page: Page, reason: string): Promise<void> {
  await page.locator('input[name=subject-reason]').fill(reason);
  await page.locator('[role=dialog] .ant-btn-primary').click();
  await page.locator('[role=dialog]').waitFor({ state: 'detached' });
}

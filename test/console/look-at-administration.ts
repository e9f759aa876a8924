import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Eyes } from './eyes';
import { lookAtRetention } from './look-at-retention';
import { lookAtRules } from './look-at-rules';
import { signInAs } from './look-at-sign-in';

/** Three administrators at work: one makes a user, one gives the role and a key, one reads of it. `system` is the first one's page. */
export async function lookAtAdministration(eyes: Eyes, system: Page): Promise<void> {
  await makeUser(eyes, system);
  const security = await openFor(eyes, 'security');
  await giveRole(eyes, security);
  await demandAtSignIn(eyes, security);
  await makeKey(eyes, security);
  await lookAtRules(eyes, security);
  await lookAtRetention(eyes, system, security);
  await readAudit(eyes, await openFor(eyes, 'auditor'));
}

async function openFor({ other, url, people }: Eyes, who: 'security' | 'auditor'): Promise<Page> {
  const page = await other();
  await page.goto(url);
  await signInAs({ page }, people[who]);
  return page;
}

async function makeUser({ fewPictures, pictures, must }: Eyes, page: Page): Promise<void> {
  must(
    (await page.locator('a[href="#/keys"], a[href="#/audit"], a[href="#/receipts"]').count()) === 0,
    'a system administrator is offered more',
  );
  await page.locator('[data-action=new-user]').click();
  await page.locator('input[name=login]').fill('xin.ren');
  await page.locator('input[name=name]').fill('新人');
  await page.keyboard.press('Enter');
  await page.locator('[data-secret]').waitFor();
  await page.locator('[role=dialog]:not([class*=zoom])').first().waitFor();
  await fewPictures('people-one-time-password', page);
  const secret = await page.locator('[data-secret]').innerText();
  await page.locator('[data-action=secret-kept]').click();
  await page.locator('tr[data-user="xin.ren"]').waitFor();
  must(!(await page.locator('body').innerText()).includes(secret), 'a one-time password is shown twice');
  must((await page.locator('[data-action=assign]').count()) === 0, 'who makes users is offered to give roles');
  await pictures('people', page);
}

async function giveRole({ must, fewPictures }: Eyes, page: Page): Promise<void> {
  await page.locator('a[href="#/people"]').click();
  must((await page.locator('[data-action=new-user]').count()) === 0, 'who gives roles is offered to make users');
  const row = page.locator('tr[data-user="xin.ren"]');
  await row.locator('[data-action=assign]').click();
  await page.locator('[role=dialog] input[name=clerk]').check();
  await page.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await fewPictures('people-roles', page);
  await page.locator('[role=dialog] .ant-btn-primary').click();
  await row.locator('.ant-tag', { hasText: '经办' }).waitFor();
}

async function demandAtSignIn({ must, pictures, refused }: Eyes, page: Page): Promise<void> {
  await page.locator('[data-action=change-sign-in-policy]').click();
  const save = page.locator('[role=dialog] .ant-btn-primary');
  must(await save.isDisabled(), 'demands that do not differ can be kept');
  await page.locator('textarea[name=networks-securityAdministrator]').fill('10.20.0.0/16');
  await save.click();
  await page.locator('[role=dialog] [role=alert].ant-alert-error').waitFor();
  refused(422);
  await page.locator('textarea[name=networks-securityAdministrator]').fill('');
  must(
    (await page.locator('[role=dialog] [role=alert].ant-alert-error').count()) === 0,
    'a refusal stands beside other words than it was of',
  );
  await page.locator('textarea[name=networks-integrator]').fill('10.20.0.0/16');
  await page.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await pictures('sign-in-policy-change', page);
  await save.click();
  await page.locator('[data-sign-in-policy="1"] tr[data-role-networks=integrator]', { hasText: '10.20.0.0/16' }).waitFor();
  await pictures('sign-in-policy', page);
}

async function makeKey({ fewPictures, pictures, must }: Eyes, page: Page): Promise<void> {
  await page.locator('a[href="#/keys"]').click();
  await page.locator('[data-action=new-key]').click();
  await page.locator('input[name=key-name]').fill('报销系统');
  await page.locator('[role=dialog] textarea').fill('10.20.0.0/16');
  await page.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await fewPictures('keys-new', page);
  await page.locator('[role=dialog] .ant-btn-primary').click();
  await page.locator('[data-secret]').waitFor();
  must(/^piaoyan_[0-9A-Za-z]{38}$/.test(await page.locator('[data-secret]').innerText()), 'what is shown is no key');
  await page.locator('[data-action=secret-kept]').click();
  await page.locator('tr[data-key="报销系统"]').waitFor();
  await pictures('keys', page);
}

async function readAudit({ pictures, must }: Eyes, page: Page): Promise<void> {
  await page.locator('a[href="#/audit"]').click();
  await page.locator('[data-action=ask]').click();
  await page.locator('tr[data-entry="user.roles"]').first().waitFor();
  await pictures('audit', page);
  await page.locator('input[name=action]').fill('approval.approve');
  await page.keyboard.press('Enter');
  await page.locator('tr[data-entry="user.roles"]').first().waitFor({ state: 'detached' });
  must((await page.locator('tr[data-entry="approval.approve"]').count()) === 3, 'the audit does not hold all approvals');
  const coming = page.waitForEvent('download');
  await page.locator('form button', { hasText: 'CSV' }).click();
  const file = await coming;
  must((await readFile(await file.path(), 'utf8')).includes('approval.approve'), 'the export lacks what is shown');
  await page.locator('input[name=to]').fill('2020-01-01');
  await page.locator('main [role=alert]').waitFor();
  must(await page.locator('[data-action=ask]').isDisabled(), 'a window that is none can be asked for');
  await takeEvidence({ must }, page);
}

/** The demo has no key for evidence: what the api would answer is put in place of its answer. */
async function takeEvidence({ must }: Pick<Eyes, 'must'>, page: Page): Promise<void> {
  const button = page.locator('section form [data-action=evidence]');
  must(await button.isDisabled(), 'evidence can be asked for of no bill');
  const id = '0199a6b0-0000-7000-8000-000000000001';
  const headers = { 'content-type': 'application/zip', 'content-disposition': "attachment; filename*=UTF-8''evidence.zip" };
  await page.route(`**/v1/bills/${id}/evidence`, (route) => route.fulfill({ headers, body: 'PK' }));
  await page.locator('input[name=evidence-bill]').fill(`${page.url().split('#')[0] ?? ''}#/ledger/${id}`);
  const coming = page.waitForEvent('download');
  await button.click();
  must((await coming).suggestedFilename() === 'evidence.zip', 'the evidence of a bill is no file');
}

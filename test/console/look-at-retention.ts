import type { Page } from 'playwright-core';
import type { Eyes } from './eyes';

/** A system administrator keeps a bill and proposes shorter periods; a security administrator approves them. */
export async function lookAtRetention(eyes: Eyes, system: Page, security: Page): Promise<void> {
  await system.locator('a[href="#/retention"]').click();
  await system.locator('tr[data-class=detail]').waitFor();
  await system.locator('.ant-empty').nth(1).waitFor();
  await eyes.pictures('retention-empty', system);
  await keepBill(eyes, system);
  await shorten(eyes, system, security);
}

async function keepBill({ page, must, pictures }: Eyes, system: Page): Promise<void> {
  // As somebody who sees the bill hands its address on.
  await page.locator('a[href="#/ledger"]').click();
  await page.locator('tr[data-bill] a').first().click();
  const billId = await page.locator('[data-bill-id]').innerText();
  const address = page.url();
  await page.keyboard.press('Escape');
  await system.locator('[data-action=new-hold]').click();
  await system.locator('input[name=hold-target]').fill(address);
  await system.locator('input[name=hold-reason]').fill('(2026)苏01民初1号');
  await system.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await pictures('retention-hold', system);
  await system.locator('[role=dialog] .ant-btn-primary').click();
  const held = system.locator(`tr[data-hold="${billId}"]`);
  await held.waitFor();
  await held.locator('[data-action=release]').click();
  const release = system.locator('[role=dialog] .ant-btn-primary');
  must(await release.isDisabled(), 'a hold can be released without a word on it');
  await system.locator('input[name=release-reason]').fill('结案');
  await system.keyboard.press('Enter');
  await system.locator(`tr[data-hold="${billId}"][data-released=true]`).waitFor();
}

async function shorten({ must, pictures }: Eyes, system: Page, security: Page): Promise<void> {
  await system.locator('[data-action=change-retention]').click();
  await system.locator('input[name=days-detail]').fill('90');
  await system.locator('[role=dialog] .ant-alert-warning').waitFor();
  await system.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await pictures('retention-change', system);
  await system.locator('[role=dialog] .ant-btn-primary').click();
  await system.locator('.ant-message a[href="#/approvals"]').waitFor();
  await security.locator('nav a[href="#/approvals"]').click();
  const card = security.locator('[data-kind="retention.set"]').first();
  await card.locator('input[name=decision-reason]').fill('已与档案部门核对');
  await pictures('retention-proposed', security);
  await card.locator('[data-action=approve]').click();
  await security.locator('[data-kind="retention.set"][data-state=approved]').first().waitFor();
  await system.reload();
  await system.locator('table[data-retention-version="1"]').waitFor();
  must((await system.locator('tr[data-class=detail]').innerText()).includes('90'), 'an approved period does not hold');
  await pictures('retention', system);
}

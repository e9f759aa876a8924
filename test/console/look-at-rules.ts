import type { Page } from 'playwright-core';
import type { Eyes } from './eyes';

/** A security administrator reads the rules and proposes others; nothing holds before another one approves. */
export async function lookAtRules({ wholePictures, must }: Eyes, security: Page): Promise<void> {
  await security.locator('a[href="#/rules"]').click();
  const quota = security.locator('tr[data-rule=dailyQuota] td').first();
  await quota.waitFor();
  const before = await quota.innerText();
  await wholePictures('rules', security);
  await security.locator('[data-action=change-policy]').click();
  const propose = security.locator('[role=dialog] .ant-btn-primary');
  must(await propose.isDisabled(), 'rules that do not differ can be proposed');
  await security.locator('input[name=dailyQuota]').fill('8000');
  await security.locator('input[name=policy-reason]').fill('日查验量上升');
  await security.locator('[data-changes="1"]').waitFor();
  await security.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await wholePictures('rules-change', security);
  await propose.click();
  await security.locator('.ant-message a[href="#/approvals"]').click();
  await security.locator('[data-kind="verificationPolicy.set"][data-state=open] [data-action=withdraw]').waitFor();
  await wholePictures('rules-proposed', security);
  await security.locator('a[href="#/rules"]').click();
  await quota.waitFor();
  must((await quota.innerText()) === before, 'rules that one person proposed hold');
}

/** A clerk may read the rules and the providers' state, and propose nothing. */
export async function lookAtRulesAsWorker({ page, must, wholePictures }: Eyes): Promise<void> {
  await page.locator('a[href="#/rules"]').click();
  await page.locator('tr[data-rule=provider]').waitFor();
  await page.locator('tr[data-channel], .ant-empty').first().waitFor();
  must((await page.locator('[data-action=change-policy]').count()) === 0, 'who may not change the rules is offered to');
  must((await page.locator('a[href="#/retention"]').count()) === 0, 'who sees bills is offered the retention');
  await wholePictures('rules-clerk');
}

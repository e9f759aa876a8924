import type { Page } from 'playwright-core';
import type { Eyes } from './eyes';

/** A security administrator reads the rules and proposes others; nothing holds before another one approves. */
export async function lookAtRules({ pictures, must }: Eyes, security: Page): Promise<void> {
  await security.locator('a[href="#/rules"]').click();
  const quota = security.locator('tr[data-rule=dailyQuota] td').first();
  await quota.waitFor();
  const before = await quota.innerText();
  await pictures('rules', security);
  await security.locator('[data-action=change-policy]').click();
  const propose = security.locator('[role=dialog] .ant-btn-primary');
  must(await propose.isDisabled(), 'rules that do not differ can be proposed');
  await security.locator('input[name=dailyQuota]').fill('8000');
  await security.locator('[data-action=try-policy]').click();
  await security.locator('[role=dialog] [data-dry-run]').waitFor();
  await security.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await pictures('rules-tried', security);
  await security.locator('input[name=dailyQuota]').fill('1');
  must((await security.locator('[data-dry-run]').count()) === 0, 'what was tried stands beside another change');
  await security.locator('[data-action=try-policy]').click();
  await security.locator('[data-dry-run] tr[data-decided=refused]').waitFor();
  await pictures('rules-tried-refusals', security);
  await security.locator('input[name=policy-reason]').fill('日查验量上升');
  await security.locator('[data-changes="1"]').waitFor();
  await security.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await pictures('rules-change', security);
  await propose.click();
  await security.locator('.ant-message a[href="#/approvals"]').click();
  await security.locator('[data-kind="verificationPolicy.set"][data-state=open] [data-action=withdraw]').waitFor();
  await security.locator('[data-kind="verificationPolicy.set"][data-state=open] [data-dry-run]').waitFor();
  await security.locator('[data-kind="subject.erase"] [data-danger=final]').waitFor();
  await pictures('rules-proposed', security);
  await security.locator('a[href="#/rules"]').click();
  await quota.waitFor();
  must((await quota.innerText()) === before, 'rules that one person proposed hold');
  await lookAtRegister({ pictures, must }, security);
}

/** One proposes to open a provider, and closes another one alone; from then on what is not registered is closed. */
async function lookAtRegister({ pictures, must }: Pick<Eyes, 'pictures' | 'must'>, security: Page): Promise<void> {
  const row = (provider: string) => security.locator(`tr[data-entry=${provider}]`);
  const act = security.locator('[role=dialog] .ant-btn-primary');
  await row('jumdata').locator('[data-action=open-provider]').click();
  must(await act.isDisabled(), 'a provider can be opened under no contract');
  await security.locator('[role=dialog] [data-closes="netocr generic"]').waitFor();
  for (const [name, value] of [
    ['purpose', '财政票据查验'],
    ['contractReference', 'HT-2026-118'],
    ['agreementReference', 'DPA-2026-031'],
    ['reason', '新签合同'],
  ] as const) {
    await security.locator(`input[name=opening-${name}]`).fill(value);
  }
  await security.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await pictures('register-open', security);
  await act.click();
  await act.waitFor({ state: 'detached' });
  must((await row('jumdata').getAttribute('data-state')) === 'none', 'one person alone opens a provider');
  await row('generic').locator('[data-action=close-provider]').click();
  await security.locator('[role=dialog] [data-closes="netocr jumdata"]').waitFor();
  await security.locator('input[name=closing-reason]').fill('合同到期');
  must(await act.isDisabled(), 'the first entry closes all providers unseen');
  await security.locator('input[name=closes-others]').check();
  await security.locator('[role=dialog]:not([class*=zoom])').waitFor();
  await pictures('register-close', security);
  await act.click();
  await security.locator('tr[data-entry=generic][data-state=closed]').waitFor();
  for (const name of ['reading', 'verification']) await security.locator(`[data-rule-set=${name}] summary`).click();
  await pictures('register', security);
}

/** A clerk may read the rules and the providers' state, and propose nothing. */
export async function lookAtRulesAsWorker({ page, must, pictures }: Eyes): Promise<void> {
  await page.locator('a[href="#/rules"]').click();
  await page.locator('tr[data-rule=provider]').waitFor();
  await page.locator('tr[data-channel], .ant-empty').first().waitFor();
  must((await page.locator('[data-action=change-policy]').count()) === 0, 'who may not change the rules is offered to');
  must((await page.locator('a[href="#/retention"]').count()) === 0, 'who sees bills is offered the retention');
  await page.locator('[data-register=none]').waitFor();
  must((await page.locator('[data-action=open-provider]').count()) === 0, 'who may not open providers is offered to');
  await page.locator('[data-rule-set=verification] summary').click();
  await page.locator('[data-rule-set=verification] tbody tr').first().waitFor();
  await pictures('rules-clerk');
}

import type { Eyes } from './eyes';

/** The colleague approves the newest proposal of a kind; the one who made it is not offered to. */
export async function approve(eyes: Eyes, kind: string, name: string): Promise<void> {
  const { page, colleague, must, fewPictures } = eyes;
  const place = page.url();
  const card = `[data-approval][data-kind="${kind}"]`;
  await page.locator('a[href="#/approvals"]').first().click();
  const own = page.locator(card).first();
  await own.locator('[data-action=withdraw]').waitFor();
  must((await own.locator('[data-action=approve]').count()) === 0, 'a person is offered to approve what they proposed');
  await fewPictures(`${name}-own`);

  // Counts are asked for at each page that is gone to.
  await colleague.locator('a[href="#/ledger"]').click();
  await colleague.locator('a[href="#/approvals"] .ant-badge').waitFor();
  await colleague.locator('a[href="#/approvals"]').click();
  const theirs = colleague.locator(card).first();
  const yes = theirs.locator('[data-action=approve]');
  await yes.waitFor();
  must(await yes.isDisabled(), 'a proposal can be approved without a word on it');
  await theirs.locator('input[name=decision-reason]').fill('已与凭证核对');
  await fewPictures(name, colleague);
  await yes.click();
  await colleague.locator(`${card}[data-state=approved]`).first().waitFor();
  await page.goto(place);
  await page.reload();
}

/** The unbooking that was proposed in the ledger happens once the colleague approves it. */
export async function lookAtApprovals(eyes: Eyes): Promise<void> {
  const { page } = eyes;
  await approve(eyes, 'bill.unbook', 'approvals');
  await page.locator('a[href="#/approvals"]').click();
  await page.locator('.ant-segmented-item', { hasText: /^(全部|All)$/ }).click();
  const done = page.locator('[data-approval][data-kind="bill.unbook"][data-state=approved]').first();
  await done.locator('a[href^="#/ledger/"]').click();
  await page.locator('li[data-act=undo]').waitFor();
  await page.keyboard.press('Escape');
}

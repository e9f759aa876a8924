import { approve } from './look-at-approvals';
import { loseAnswer, unknownBill, type Eyes } from './eyes';

const PROVIDER_MS = 60_000;

/** A verification whose answer was lost: never green, and its charge is settled by hand without becoming so. Whoever asked does not settle alone. */
export async function lookAtSettlement(eyes: Eyes): Promise<void> {
  const { page, pictures, dialogPictures, must } = eyes;
  const bill = unknownBill(1);
  await loseAnswer(eyes, bill.billNumber);
  await page.locator('a[href="#/manual"]').click();
  for (const [name, value] of Object.entries(bill)) await page.locator(`#element-${name}`).fill(value);
  await page.keyboard.press('Control+Enter');
  await page.locator('[role=status][data-shown=unknown]').waitFor({ timeout: PROVIDER_MS });
  await pictures('unknown');
  const dialog = page.locator('[role=dialog]');
  const confirm = dialog.locator('.ant-btn-primary');
  await dialogPictures('settlement', () => page.locator('[data-action=settle]').click());
  must(await confirm.isDisabled(), 'a charge can be settled without a word on it');
  await dialog.locator('input[type=radio][value=charged]').check();
  await dialog.locator('input[type=text]').fill('渠道客服确认');
  await confirm.click();
  await page.locator('.ant-message a[href="#/approvals"]').waitFor();
  must((await page.locator('[role=status][data-shown=settled]').count()) === 0, 'whoever asked settles the charge alone');
  await approve(eyes, 'charge.settle', 'approvals-settlement');
  await page.locator('[role=status][data-shown=settled]').waitFor();
  must((await page.locator('[data-action=settle]').count()) === 0, 'a settled charge can be settled again');
  must((await page.locator('[role=status][data-tone=green]').count()) === 0, 'a settled charge gives a green light');
  await pictures('settled');
}

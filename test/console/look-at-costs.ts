import type { Eyes } from './eyes';

/** What everything before cost: summed by each thing, and nothing asked for days that are none. */
export async function lookAtCosts({ page, pictures, must }: Eyes): Promise<void> {
  await page.locator('a[href="#/costs"]').click();
  await page.locator('main table tfoot').waitFor();
  await pictures('costs');
  const total = await page.locator('main table tfoot').innerText();
  for (const by of ['month', 'provider']) {
    await page.locator(`[data-by=${by}]`).click();
    await page.locator('main table tfoot').waitFor();
    must((await page.locator('main table tfoot').innerText()) === total, `the total by ${by} is another`);
  }
  await pictures('costs-by-provider');
  await page.locator('input[name=from]').fill('2030-01-01');
  await page.locator('main [role=alert]').waitFor();
  must((await page.locator('main table').count()) === 0, 'costs are shown for days that are none');
}

import type { Eyes } from './eyes';

/** Quotas that are nearly used up, and an original that a check found damaged: put into the api's answers, since neither comes by itself. */
export async function lookAtWarnings({ page, must, pictures }: Eyes): Promise<void> {
  must((await page.locator('[data-original-fault], [data-quota]').count()) === 0, 'a warning is shown of nothing');
  const quotas = {
    uploadsPerDay: { limit: 500, used: 460, freeAt: new Date(Date.now() + 3_600_000).toISOString() },
    storedBytes: { limit: 2 ** 33, used: 2 ** 33, freeAt: null },
    waitingReceipts: { limit: null, used: 3, freeAt: null },
    exportsPerDay: { limit: 50, used: 2, freeAt: null },
  };
  await page.route('**/v1/quotas', (route) => route.fulfill({ json: { version: 1, quotas, setAt: new Date().toISOString() } }));
  await page.route(/\/v1\/receipts\/[0-9a-f-]{36}\/review$/, async (route) => {
    const answer = await route.fetch();
    const receipt = (await answer.json()) as object;
    await route.fulfill({ response: answer, json: { ...receipt, originalFault: { kind: 'damaged', foundAt: new Date().toISOString() } } });
  });
  await page.reload();
  await page.locator('[data-original-fault=damaged]').waitFor();
  await page.locator('[data-quota=storedBytes]').waitFor();
  must((await page.locator('[data-quota]').count()) === 2, 'other quotas are told of than those near their bound');
  await pictures('receipt-warnings');
  await page.unrouteAll({ behavior: 'wait' });
  await page.reload();
  await page.locator('#element-totalAmount').waitFor();
}

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { zhCN } from '../../apps/console/src/i18n/zh-CN';

/** What the whole look shares with its parts. */
export interface Looking {
  /** Pictures in both languages, colours and sizes; ends in Chinese, light and small. */
  pictures: (page: Page, name: string) => Promise<void>;
  picture: (page: Page, name: string) => Promise<void>;
  /** Where a system of the bank works with its key. */
  api: { url: string; key: string };
  /** Complaints of the page so far. */
  complaints: () => string[];
  must: (isTrue: boolean, otherwise: string) => void;
}

const VOUCHER = '记-2026-0412';

/** 票据台账: finds the bill of the first upload, exports it, books it once, is told who did when booking it again, and proposes to take it back. */
export async function useLedger(page: Page, looking: Looking): Promise<void> {
  const unlisted = await askForUnlisted(looking.api);
  await page.locator('a[href="#/ledger"]').click();
  const green = page.locator('tr[data-bill]', { has: page.locator('[data-tone=green]') }).first();
  await green.waitFor();
  await looking.pictures(page, 'ledger');
  await findAndSort(page, green, looking);
  await exportTable(page, looking);
  await bookOnce(page, green, looking);
  await sayOrigin(page, green, looking);
  await bookAnyway(page, unlisted, looking);
  await fitsNarrowWindow(page, looking);
}

/** A colleague asked about a bill that nobody knows; its number. */
async function askForUnlisted({ url, key }: Looking['api']): Promise<string> {
  const issueDate = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const billNumber = '0099999999';
  const elements = { billCode: `320601${issueDate.slice(2, 4)}`, billNumber, checkCode: 'a1b2c3', issueDate, totalAmount: '12.30' };
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
    prefer: 'wait=20',
  };
  const answer = await fetch(`${url}/v1/verifications`, { method: 'POST', headers, body: JSON.stringify({ elements }) });
  if (!answer.ok) throw new Error(`asking about a bill beside the console answers ${answer.status}`);
  return billNumber;
}

async function findAndSort(page: Page, green: Locator, { pictures, must }: Looking): Promise<void> {
  const number = (await green.locator('a').textContent()) ?? '';
  await page.locator('input[name=billCode]').fill('3206O126');
  await page.keyboard.press('Enter');
  await page.getByText(zhCN['ledger.fault.digits']).waitFor();
  await page.locator('input[name=billCode]').fill('');
  await page.locator('input[name=billNumber]').fill('0000000000');
  await page.keyboard.press('Enter');
  await page.getByText(zhCN['ledger.emptySearch']).waitFor();
  await pictures(page, 'ledger-empty');
  await page.locator('input[name=billNumber]').fill(number);
  await page.keyboard.press('Enter');
  await green.waitFor();
  must((await page.locator('tr[data-bill]').count()) === 1, 'a bill number finds more than its bill');
  await page.getByRole('button', { name: zhCN['ledger.clear'] }).click();
  const amount = page.getByRole('columnheader', { name: zhCN['ledger.amount'] });
  await amount.getByRole('button').click();
  await page.locator('th[aria-sort=descending]', { hasText: zhCN['ledger.amount'] }).waitFor();
  await page.locator('table[aria-busy=false]').waitFor();
}

async function exportTable(page: Page, { must }: Looking): Promise<void> {
  for (const format of ['XLSX', 'CSV'] as const) {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: zhCN['ledger.export'].replace('{format}', format) }).click();
    const file = await coming;
    must(file.suggestedFilename() === `piaoyan-ledger.${format.toLowerCase()}`, `an export is called ${file.suggestedFilename()}`);
    const bytes = await readFile(await file.path());
    must(format === 'CSV' ? bytes.includes('票据代码') : bytes.subarray(0, 2).toString() === 'PK', `the ${format} export is no ${format}`);
  }
}

async function bookOnce(page: Page, green: Locator, { pictures, complaints, must, api }: Looking): Promise<void> {
  await green.locator('a').focus();
  await page.keyboard.press('Enter');
  const voucher = page.locator('input[name=voucher]');
  await voucher.waitFor();
  must((await page.locator('form[data-override=true]').count()) === 0, 'a match asks for an override');
  await pictures(page, 'ledger-bill');
  await bookElsewhere(page, api);
  await voucher.fill('记-2026-0413');
  await page.keyboard.press('Enter');
  const alert = page.locator('[role=alert]', { hasText: VOUCHER });
  await alert.waitFor();
  const others = complaints().filter((complaint) => !complaint.includes('409'));
  must(others.length === 0, `booking a booked bill causes more than a 409: ${others.join('; ')}`);
  await pictures(page, 'ledger-booked-before');
  await page.getByRole('button', { name: zhCN['ledger.undo'] }).click();
  await page.locator('input[name=undo-reason]').fill('凭证作废');
  await page.keyboard.press('Enter');
  // One person proposes: nothing is taken back before another approves it.
  await page.getByText(zhCN['approval.proposed']).first().waitFor();
  must((await page.locator('li[data-act=undo]').count()) === 0, 'a booking is taken back by one alone');
  await page.locator('li[data-act=book]').first().scrollIntoViewIfNeeded();
  await pictures(page, 'ledger-history');
  await page.keyboard.press('Escape');
  await page.locator('input[name=voucher], [role=dialog]').first().waitFor({ state: 'hidden' });
  await green.getByText(zhCN['ledger.booked.true']).waitFor();
}

/** The original is paper, and stands on a shelf. */
async function sayOrigin(page: Page, green: Locator, { pictures, must }: Looking): Promise<void> {
  await green.locator('a').click();
  await page.locator('[data-action=change-origin]').click();
  const form = page.locator('form[data-form=origin]');
  const save = form.locator('button[type=submit]');
  await form.locator('input[name=archiveLocation]').fill('档案室 3-12');
  must(await save.isDisabled(), 'a place of no kind of original can be kept');
  await form.locator('.ant-segmented-item', { hasText: /^(纸质原件|Paper)$/ }).click();
  await form.scrollIntoViewIfNeeded();
  await pictures(page, 'ledger-origin');
  await save.click();
  await page.locator('[data-fact=archiveLocation]', { hasText: '档案室 3-12' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[role=dialog]').waitFor({ state: 'hidden' });
}

/** A colleague books the open bill meanwhile. */
async function bookElsewhere(page: Page, { url, key }: Looking['api']): Promise<void> {
  const id = page.url().split('/').at(-1) ?? '';
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v1/bills/${id}/booking`, { method: 'POST', headers, body: JSON.stringify({ voucher: VOUCHER }) });
  if (!answer.ok) throw new Error(`booking beside the console answers ${answer.status}`);
}

/** A bill that is no match shows its warning, and is booked only with a reason and an express word. */
async function bookAnyway(page: Page, number: string, { pictures, must }: Looking): Promise<void> {
  await page.locator('tr[data-bill]', { hasText: number }).locator('a').click();
  const form = page.locator('form[data-override=true]');
  await form.locator('input[name=voucher]').fill(VOUCHER);
  await form.locator('input[name=reason]').fill('已向开票单位电话核实');
  must(await form.locator('button[type=submit]').isDisabled(), 'an override needs no express word');
  await form.locator('input[type=checkbox]').check();
  await pictures(page, 'ledger-override');
  await form.locator('button[type=submit]').click();
  await page.getByText(zhCN['ledger.override'], { exact: true }).waitFor();
  await page.keyboard.press('Escape');
}

async function fitsNarrowWindow(page: Page, { picture, must }: Looking): Promise<void> {
  await page.setViewportSize({ width: 480, height: 800 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  must(overflow <= 0, `the ledger is ${overflow} px wider than a narrow window`);
  await picture(page, 'ledger-narrow');
  await page.locator('tr[data-bill] a').first().click();
  await page.locator('input[name=voucher], p').first().waitFor();
  await picture(page, 'ledger-narrow-bill');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1280, height: 800 });
}

import type { Page } from 'playwright-core';
import { zhCN } from '../../apps/console/src/i18n/zh-CN';
import type { Eyes } from './eyes';

/** Over the button of the bank's own provider to the pages of a clerk whom nobody made, back to the place that was asked for, and out again. */
export async function lookAtSignInProvider({ pictures, must }: Eyes, desk: Page, url: string): Promise<void> {
  await desk.goto(`${url}/#/ledger`);
  const button = desk.getByRole('link', { name: '统一身份认证' });
  await button.waitFor();
  await pictures('sign-in-provider', desk);
  await button.focus();
  await desk.keyboard.press('Enter');
  await desk.locator('a[href="#/account"]', { hasText: '赵柳' }).waitFor();
  must(new URL(desk.url()).origin === url, 'the provider leads elsewhere than to the console');
  must(desk.url().endsWith('#/ledger'), 'the provider leads to another place than was asked for');
  must((await desk.locator('a[href="#/receipts"]').count()) === 1, 'a clerk of the provider sees no receipts');
  must((await desk.locator('a[href="#/costs"], a[href="#/audit"]').count()) === 0, 'a clerk of the provider is offered more');
  await desk.locator('a[href="#/account"]').click();
  await desk.locator('tr[data-current=true]').waitFor();
  await pictures('account-of-provider', desk);
  await desk.getByRole('button', { name: zhCN['header.signOut'] }).click();
  await button.waitFor();
  await desk.reload();
  await button.waitFor();
  must((await desk.locator('header nav').count()) === 0, 'signing out leaves somebody of the provider signed in');
}

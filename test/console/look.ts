import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import sharp from 'sharp';
import { en } from '../../apps/console/src/i18n/en';
import type { MessageKey } from '../../apps/console/src/i18n/messages';
import { zhCN } from '../../apps/console/src/i18n/zh-CN';
import type { Eyes } from './eyes';
import { lookAtBatches } from './look-at-batches';
import { lookAtCosts } from './look-at-costs';
import { lookAtEvidence } from './look-at-evidence';
import { lookAtAdministration } from './look-at-administration';
import { lookAtApprovals } from './look-at-approvals';
import { lookAtRulesAsWorker } from './look-at-rules';
import { lookAtSettlement } from './look-at-settlement';
import { lookAtSubjects } from './look-at-subjects';
import { lookAtWarnings } from './look-at-warnings';
import { lookAtEndedSession, lookAtEnrolment, lookAtSignIn, signInAs } from './look-at-sign-in';
import { lookAtSignInProvider } from './look-at-sign-in-provider';
import { useLedger } from './ledger-look';
import { People } from './people';
import { WatchedPage } from './watched-page';

/**
 * Uses the console of a running api as a clerk would, in a real Chromium, and keeps pictures of it:
 * `PIAOYAN_LOOK_PEOPLE=… node -r @swc-node/register test/console/look.ts --url http://127.0.0.1:8080 --key piaoyan_… --file bill.png --out pictures`.
 * Ends with exit code 1 at the first thing that is not as it must be, and at any console message or request to a foreign host.
 */
const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    key: { type: 'string', default: '' },
    file: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'console-pictures' },
    /** The sandbox behind the api: its faults lose an answer, whose charge is then settled by hand. */
    sandbox: { type: 'string', default: '' },
    /** The same api over TLS, and the provider that people sign in with there; without it that is not looked at. */
    front: { type: 'string', default: '' },
    issuer: { type: 'string', default: '' },
    /** Which light the verification of the first file must show, by the name the console gives it. */
    expect: { type: 'string', default: 'valid' },
  },
});
const TEXTS = { 'zh-CN': zhCN, en } as const;
type Language = keyof typeof TEXTS;
const LANGUAGES: Language[] = ['zh-CN', 'en'];
const DESK = { width: 1440, height: 900 };
const TELEPHONE = { width: 390, height: 844 };
const USUAL = { width: 1280, height: 800 };
const READING_MS = 120_000;

async function main(): Promise<void> {
  mkdirSync(options.out, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const complaints: WatchedPage[] = [];
    const pageOf = async (urls: readonly string[], context: BrowserContextOptions = {}): Promise<Page> => {
      const look = { viewport: USUAL, colorScheme: 'light' as const, ...context };
      const opened = await (await browser.newContext(look)).newPage();
      complaints.push(new WatchedPage(opened, urls));
      return opened;
    };
    const newPage = (): Promise<Page> => pageOf([options.url]);
    const takeAll = (): string[] => complaints.flatMap((watched) => watched.take());
    const page = await newPage();
    const colleague = await newPage();
    const eyes: Eyes = {
      ...{ page, colleague, other: newPage, url: options.url, sandboxUrl: options.sandbox, must },
      people: People.parse(JSON.parse(process.env.PIAOYAN_LOOK_PEOPLE ?? 'null')),
      pictures: (name, of = page) => pictures(of, name),
      fewPictures: (name, of = page) => pictures(of, name, [DESK]),
      dialogPictures: dialogPictures(page),
      refused: (status) => {
        const found = takeAll();
        must(found.length > 0 && found.every((complaint) => complaint.includes(String(status))), `not only ${status}: ${found.join('; ')}`);
      },
    };
    await page.goto(options.url);
    must((await page.title()) === '票验 Piaoyan', 'the title is not 票验 Piaoyan');
    await lookAtSignIn(eyes);
    await shows(page, 'list.heading');
    await pictures(page, 'start');
    await colleague.goto(options.url);
    await signInAs({ page: colleague }, eyes.people.colleague);
    await lookAtEndedSession(eyes);
    await page.locator('a[href="#/receipts"]').click();
    await uploadAndRead(page);
    await markAndFieldLeadToEachOther(page);
    await verify(page);
    await outcomeOutlivesReload(page);
    await lookAtEvidence(eyes);
    await correctAndKeep(page);
    await lookAtWarnings(eyes);
    await lookAtSubjects(eyes);
    await page.goBack();
    await page.locator('#element-totalAmount').waitFor();
    await verifyTyped(page);
    await lookAtSettlement(eyes);
    await lookAtBatches(eyes);
    await lookAtCosts(eyes);
    await lookAtRulesAsWorker(eyes);
    await turnPages(page);
    await takeArchive(page);
    await useLedger(page, { pictures, picture, must, complaints: takeAll, api: options });
    await lookAtApprovals(eyes);
    const desk = await newPage();
    await desk.goto(options.url);
    await lookAtEnrolment(eyes, desk);
    await lookAtAdministration(eyes, desk);
    if (options.front !== '') {
      // The certificate is of the test's own making.
      const stranger = await pageOf([options.front, options.issuer], { ignoreHTTPSErrors: true });
      await lookAtSignInProvider(eyes, stranger, options.front);
    }
    await signOut(page);
    const left = takeAll();
    must(left.length === 0, `the page complained:\n${left.join('\n')}`);
  } finally {
    await browser.close();
  }
}

async function uploadAndRead(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(options.file);
  await page.locator('[data-element=totalAmount]').waitFor({ timeout: READING_MS });
  await page.locator('section img').first().waitFor();
  await pictures(page, 'receipt');
}

async function markAndFieldLeadToEachOther(page: Page): Promise<void> {
  await page.locator('#element-billNumber').focus();
  const mark = page.locator('svg g[data-field=billNumber]');
  must((await mark.getAttribute('data-focused')) === 'true', 'focusing the bill number does not mark its place');
  await page.locator('svg g[data-field=checkCode] polygon').click();
  must(await isFocused(page, '#element-checkCode'), 'clicking the check code’s place does not focus its input');
  await page.locator('[role=group][tabindex="0"]').focus();
  for (const key of ['+', '+', '+']) await page.keyboard.press(key);
  await page.locator('#element-totalAmount').focus();
  await picture(page, 'receipt-zoomed');
}

async function verify(page: Page): Promise<void> {
  for (const name of ['billCode', 'billNumber', 'checkCode', 'issueDate', 'totalAmount']) {
    const row = page.locator(`[data-element=${name}]`);
    if ((await row.getAttribute('data-mark')) !== 'doubtful') continue;
    await row.locator('input').focus();
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+Enter');
  await page.locator(`[role=status][data-shown=${options.expect}]`).waitFor({ timeout: READING_MS });
  for (const language of LANGUAGES) {
    await speak(page, language);
    await shows(page, `light.${options.expect}` as MessageKey, language);
    await shows(page, 'outcome.charge', language);
  }
  await pictures(page, 'outcome');
}

async function outcomeOutlivesReload(page: Page): Promise<void> {
  await page.reload();
  await page.locator(`[role=status][data-shown=${options.expect}]`).waitFor();
}

/** What a person corrects is there again after a reload, beside what was read; then the reading is put back. */
async function correctAndKeep(page: Page): Promise<void> {
  const receipt = page.url().replace(/\/verifications\/.*$/, '');
  const save = page.locator('[data-action=save-review]');
  const amount = page.locator('#element-totalAmount');
  const read = await amount.inputValue();
  for (const value of ['1.23', read]) {
    await amount.fill(value);
    await amount.press('Tab');
    await save.click();
    await save.and(page.locator(':disabled')).waitFor();
    await page.goto(receipt);
    await page.reload();
    await amount.waitFor();
    must((await amount.inputValue()) === value, 'a kept correction is not there after a reload');
    if (value !== read) await pictures(page, 'corrected');
  }
}

/** A form of picture that no browser shows, of two pages. */
async function turnPages(page: Page): Promise<void> {
  await page.locator('a[href="#/receipts"]').click();
  await page.locator('input[type=file]').setInputFiles({ name: 'pages.tiff', mimeType: 'image/tiff', buffer: await twoPages() });
  const next = page.getByRole('button', { name: zhCN['image.nextPage'] });
  await next.waitFor({ timeout: READING_MS });
  await page.locator('section img').first().waitFor();
  const first = await page.locator('section img').first().getAttribute('src');
  await next.click();
  await page
    .locator(`section img:not([src="${first ?? ''}"])`)
    .first()
    .waitFor();
  must(await next.isDisabled(), 'there is a page after the last one');
  await picture(page, 'second-page');
}

async function takeArchive(page: Page): Promise<void> {
  const files = { '七月/pages.tiff': new Uint8Array(await twoPages()), '七月/notes.txt': new Uint8Array(Buffer.from('no receipt')) };
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'july.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(files)) });
  const items = page.locator('[role=status] li');
  await items.nth(1).waitFor({ timeout: READING_MS });
  must((await items.nth(0).locator('a').count()) === 1, 'a document of an archive does not lead to its receipt');
  await page.getByRole('button', { name: zhCN['image.nextPage'] }).waitFor({ timeout: READING_MS });
  await pictures(page, 'archive');
}

async function twoPages(): Promise<Buffer> {
  const [file = ''] = options.file;
  return sharp([file, file], { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer();
}

async function verifyTyped(page: Page): Promise<void> {
  const typed = new Map<string, string>();
  for (const input of await page.locator('[data-element] input').all()) {
    typed.set((await input.getAttribute('id')) ?? '', await input.inputValue());
  }
  await page.locator('a[href="#/manual"]').click();
  await pictures(page, 'manual-empty');
  for (const [id, value] of typed) await page.locator(`#${id}`).fill(value);
  await page.keyboard.press('Control+Enter');
  await page.locator(`[role=status][data-shown=${options.expect}]`).waitFor({ timeout: READING_MS });
  await pictures(page, 'manual-outcome');
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: zhCN['header.signOut'] }).click();
  await page.locator('input#person_login').waitFor();
  await page.reload();
  await page.locator('input#person_login').waitFor();
  must((await page.locator('[data-ended]').count()) === 0, 'who signed out is told that the session ended');
  must((await page.context().cookies()).length === 0, 'a cookie outlives signing out');
}

/**
 * A picture in both languages, both colours and both sizes; of whichever sizes, in both languages the page fits a telephone. Ends as it began, in
 * Chinese, light and small.
 */
async function pictures(page: Page, name: string, sizes = [DESK, TELEPHONE]): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const language of ['en', 'zh-CN'] as const) {
        await speak(page, language);
        await picture(page, `${name}-${size.width}-${colorScheme}-${language}`);
      }
    }
  }
  await page.setViewportSize(TELEPHONE);
  for (const language of ['en', 'zh-CN'] as const) {
    await speak(page, language);
    await fitsWindow(page, `${name} in ${language}`);
  }
  await page.setViewportSize(USUAL);
}

/** Tables and the navigation may scroll sideways by themselves; neither the page does, nor what it scrolls downwards in. */
async function fitsWindow(page: Page, name: string): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const scrolls = (element: Element): boolean => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    const mayScroll = (element: Element): boolean => element.matches('nav, textarea') || element.querySelector(':scope > table') !== null;
    return [document.documentElement, ...document.querySelectorAll('main > div, body *')]
      .filter((element) => element.matches('html, main > div') || (scrolls(element) && !mayScroll(element)))
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((element) => `<${element.localName} class="${element.className}"> by ${element.scrollWidth - element.clientWidth} px`);
  });
  must(tooWide.length === 0, `${name} is wider than a telephone: ${tooWide.join(', ')}`);
}

function dialogPictures(page: Page): Eyes['dialogPictures'] {
  return async (name, open) => {
    for (const language of ['en', 'zh-CN'] as const) {
      await speak(page, language);
      await open();
      // It grows into its place; halfway there it cannot be seen.
      await page.locator('[role=dialog]:not([class*=zoom])').waitFor();
      await picture(page, `${name}-${language}`);
      await page.setViewportSize(TELEPHONE);
      await fitsWindow(page, `${name} in ${language}`);
      await page.setViewportSize(USUAL);
      if (language === 'zh-CN') return;
      await page.keyboard.press('Escape');
      await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    }
  };
}

async function speak(page: Page, language: Language): Promise<void> {
  // A drawer may lie over the switch.
  await page
    .locator(`.ant-segmented span[lang=${language}]`)
    .first()
    .evaluate((label) => (label as unknown as { click: () => void }).click());
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(options.out, `${name}.png`), animations: 'disabled' });
}

async function shows(page: Page, key: MessageKey, language: Language = 'zh-CN'): Promise<void> {
  await page.getByText(TEXTS[language][key]).first().waitFor();
}

async function isFocused(page: Page, selector: string): Promise<boolean> {
  return (await page.locator(`${selector}:focus`).count()) === 1;
}

function must(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(otherwise);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

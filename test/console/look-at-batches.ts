import { loseAnswer, unknownBill, type Eyes } from './eyes';

const BATCH_MS = 120_000;
const HEADER = '票据代码,票据号码,校验码,开票日期,金额,备注';

/** A table from its upload to its result: nothing is asked before the number of calls was confirmed. */
export async function lookAtBatches(eyes: Eyes): Promise<void> {
  const { page, pictures, dialogPictures, must } = eyes;
  await page.locator('a[href="#/batches"]').click();
  await pictures('batches-empty');
  await saves(eyes, 'XLSX', /\.xlsx$/);

  await upload(eyes, '七月票据.csv', await rows(eyes));
  await page.locator('[data-batch-state=draft]').last().waitFor();
  must((await page.locator('section table tbody tr').count()) >= 1, 'a row with an error is not shown');
  await pictures('batch-draft');
  await dialogPictures('batch-start', () => page.locator('[data-action=start]').click());
  const dialog = page.locator('[role=dialog]');
  must((await dialog.locator('[data-calls]').getAttribute('data-calls')) === '3', 'the batch does not tell its three calls');
  await dialog.locator('.ant-btn-primary').click();
  await page.locator('header [data-batch-state=done]').waitFor({ timeout: BATCH_MS });
  await page.locator('[data-done="3"][data-total="3"]').waitFor();
  await pictures('batch-done');
  await saves(eyes, 'CSV', /\.csv$/);
  await cancelledBeforeItBegan(eyes);
}

/** Three bills to ask for, one of which loses its answer; a duplicate; a row with errors. */
async function rows(eyes: Eyes): Promise<string[]> {
  const [second, third, lost] = [unknownBill(2), unknownBill(3), unknownBill(4)];
  await loseAnswer(eyes, lost.billNumber);
  return [lineOf(second), lineOf(third), lineOf(lost), lineOf(second), '32060126,777,ab12cd,2026-13-01,12.3x,faulty'];
}

function lineOf({ billCode, billNumber, checkCode, issueDate, totalAmount }: ReturnType<typeof unknownBill>): string {
  return [billCode, billNumber, checkCode, issueDate, totalAmount, '七月'].join(',');
}

async function upload({ page }: Eyes, name: string, lines: readonly string[]): Promise<void> {
  const buffer = Buffer.from([HEADER, ...lines].join('\r\n'));
  await page.locator('aside input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.locator(`main h1:text-is("${name}")`).waitFor();
}

/** The last button of a form of file gives one. */
async function saves({ page, must }: Eyes, label: string, name: RegExp): Promise<void> {
  const buttons = page.getByRole('button', { name: new RegExp(`${label}$`) });
  const arriving = page.waitForEvent('download');
  await buttons.last().click();
  must(name.test((await arriving).suggestedFilename()), `no file of the form ${label} arrived`);
}

async function cancelledBeforeItBegan(eyes: Eyes): Promise<void> {
  const { page, must } = eyes;
  await upload(eyes, '八月票据.csv', [lineOf(unknownBill(5))]);
  await page.locator('[data-action=cancel]').click();
  await page.locator('.ant-popconfirm .ant-btn-dangerous').click();
  await page.locator('header [data-batch-state=cancelled]').waitFor();
  must((await page.locator('[data-action]').count()) === 0, 'a cancelled batch offers something');
}

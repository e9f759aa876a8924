import type { Eyes } from './eyes';
import { codeOf, nextCode, type Person } from './people';

export const NEW_PASSWORD = 'Mz4-willow-harbour';

/** The page takes a key into its memory only, and people by password; the first password must be changed. Ends signed in. */
export async function lookAtSignIn(eyes: Eyes, key: string): Promise<void> {
  const { page, must, pictures, fewPictures, refused, people } = eyes;
  await page.locator('input#person_login').waitFor();
  await pictures('sign-in');
  await page.getByRole('tab').nth(1).click();
  await page.locator('input#key').fill('piaoyan_wrong');
  await page.keyboard.press('Enter');
  await page.locator('main [role=alert]').waitFor();
  await fewPictures('sign-in-wrong-key');
  refused(401);
  await page.locator('input#key').fill(key);
  await page.keyboard.press('Enter');
  await page.locator('a[href="#/receipts"]').waitFor();
  must((await page.locator('a[href="#/approvals"]').count()) === 0, 'a key is offered to approve');
  const kept = await page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]));
  must(!kept.includes(key), 'a key is kept');
  await page.reload();
  await givePassword(eyes, people.worker, 'wrong-password');
  await page.locator('main [role=alert]').waitFor();
  await fewPictures('sign-in-wrong-password');
  refused(401);
  await givePassword(eyes, people.worker);
  await changePassword(eyes, people.worker);
}

async function changePassword({ page, fewPictures, refused, must }: Eyes, { password }: Person): Promise<void> {
  await page.locator('input#change_current').waitFor();
  await fewPictures('sign-in-first-password');
  const change = async (next: string): Promise<void> => {
    await page.locator('input#change_current').fill(password);
    await page.locator('input#change_next').fill(next);
    await page.locator('input#change_again').fill(next);
    await page.keyboard.press('Enter');
  };
  await change('worker1');
  await page.locator('main [role=alert]').waitFor();
  await fewPictures('sign-in-weak-password');
  refused(422);
  await page.reload();
  await page.locator('input#change_current').waitFor();
  must((await page.locator('nav').count()) === 0, 'a one-time password opens pages');
  await change(NEW_PASSWORD);
  await page.locator('a[href="#/receipts"]').waitFor();
}

/** Signs in where the page asks for it, with a code where the person has a second factor. */
export async function signInAs(eyes: Pick<Eyes, 'page'>, person: Person): Promise<void> {
  const { page } = eyes;
  await givePassword(eyes, person);
  if (person.secret !== null) {
    await page.locator('input#factor_code').fill(nextCode(person));
    await page.keyboard.press('Enter');
  }
  await page.locator('header nav').waitFor();
}

async function givePassword({ page }: Pick<Eyes, 'page'>, { login, password }: Person, given = password): Promise<void> {
  await page.locator('input#person_login').fill(login);
  await page.locator('input#person_password').fill(given);
  await page.keyboard.press('Enter');
}

/** Ended at another desk, the session is over at the next thing that the person does, and the page says so. */
export async function lookAtEndedSession(eyes: Eyes): Promise<void> {
  const { page, other, people, fewPictures, refused, must, url } = eyes;
  const worker = { ...people.worker, password: NEW_PASSWORD };
  const desk = await other();
  await desk.goto(url);
  await signInAs({ page: desk }, worker);
  await desk.locator('a[href="#/account"]').click();
  await desk.locator('tr[data-current=true]').waitFor();
  await fewPictures('account', desk);
  must((await desk.locator('tr[data-current=false]').count()) === 1, 'the other session is not listed');
  await desk.locator('tr[data-current=false] button').click();
  await desk.locator('tr[data-current=false]').waitFor({ state: 'detached' });
  await page.locator('a[href="#/ledger"]').click();
  await page.locator('[data-ended=session]').waitFor();
  await fewPictures('sign-in-ended');
  refused(401);
  await desk.context().close();
  await signInAs(eyes, worker);
}

/** An administrator must enrol a second factor first; the page shows its secret, and recovery codes once. Leaves the page signed in. */
export async function lookAtEnrolment(eyes: Eyes, desk: Eyes['page']): Promise<void> {
  const { people, fewPictures, must } = eyes;
  await givePassword({ page: desk }, people.system);
  await desk.locator('input#change_current').fill(people.system.password);
  for (const name of ['next', 'again']) await desk.locator(`input#change_${name}`).fill(NEW_PASSWORD);
  await desk.keyboard.press('Enter');
  await desk.locator('[data-totp=secret]').waitFor();
  await fewPictures('sign-in-enrolment', desk);
  const secret = await desk.locator('[data-totp=secret]').innerText();
  await desk.locator('input#totp_code').fill(codeOf(secret));
  await desk.keyboard.press('Enter');
  await desk.locator('[data-recovery] li').first().waitFor();
  must((await desk.locator('[data-recovery] li').count()) === 10, 'there are not ten recovery codes');
  const recovery = await desk.locator('[data-recovery] li').first().innerText();
  await fewPictures('sign-in-recovery-codes', desk);
  await desk.locator('[data-action=codes-kept]').click();
  await desk.locator('header nav').waitFor();
  await withSecondFactor(eyes, desk, { ...people.system, password: NEW_PASSWORD, secret }, recovery);
}

/** Signing out, and in again: a wrong code, then a recovery code. */
async function withSecondFactor({ fewPictures, refused }: Eyes, desk: Eyes['page'], person: Person, recovery: string): Promise<void> {
  await desk.locator('header button', { has: desk.locator('[aria-label=logout]') }).click();
  await givePassword({ page: desk }, person);
  const code = desk.locator('input#factor_code');
  await code.fill('000000');
  await desk.keyboard.press('Enter');
  await desk.locator('main [role=alert]').waitFor();
  await fewPictures('sign-in-wrong-code', desk);
  refused(403);
  await desk.locator('main form .ant-btn-link').click();
  await code.fill(recovery);
  await desk.keyboard.press('Enter');
  await desk.locator('header nav').waitFor();
}

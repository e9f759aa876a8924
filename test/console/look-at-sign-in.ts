import type { Eyes } from './eyes';
import { codeOf, nextCode, type Person } from './people';

export const NEW_PASSWORD = 'Mz4-willow-harbour';

/** People sign in by password, and keys do not; the first password must be changed. Ends signed in. */
export async function lookAtSignIn(eyes: Eyes): Promise<void> {
  const { page, must, pictures, fewPictures, refused, people } = eyes;
  await page.locator('input#person_login').waitFor();
  await pictures('sign-in');
  must((await page.locator('main input').count()) === 2, 'the sign-in asks for more than login and password');
  await pastePassword(eyes, people.worker.login, 'wrong-password');
  await page.locator('main [role=alert]').waitFor();
  await fewPictures('sign-in-wrong-password');
  refused(401);
  await givePassword(eyes, people.worker);
  await changePassword(eyes, people.worker);
  await lookAtLastSignIn(eyes);
}

/** Who comes in is told of the wrong password of before, until they have seen it. */
async function lookAtLastSignIn({ page, must, pictures }: Eyes): Promise<void> {
  const notice = page.locator('[data-last-sign-in="1"]');
  await notice.waitFor();
  await pictures('sign-in-last');
  await notice.locator('.ant-alert-close-icon').click();
  await notice.waitFor({ state: 'detached' });
  await page.reload();
  await page.locator('a[href="#/receipts"]').waitFor();
  must((await notice.count()) === 0, 'what was seen of the last sign-in is shown again');
}

/** As a password manager or the clipboard gives it; it is not shown. */
async function pastePassword({ page, must }: Eyes, login: string, password: string): Promise<void> {
  const [name, secret] = [page.locator('input#person_login'), page.locator('input#person_password')];
  await name.fill(password);
  await name.press('ControlOrMeta+a');
  await name.press('ControlOrMeta+x');
  await name.fill(login);
  await secret.press('ControlOrMeta+v');
  must((await secret.inputValue()) === password, 'a password cannot be pasted');
  must((await secret.getAttribute('type')) === 'password', 'a password is shown while it is typed');
  await page.keyboard.press('Enter');
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

/**
 * Ended at another desk, the session is over at the next thing that the person does, and the page says so, covers all it shows, and keeps what
 * was typed for whoever comes back.
 */
export async function lookAtEndedSession(eyes: Eyes): Promise<void> {
  const { page, other, people, fewPictures, pictures, refused, must, url } = eyes;
  const worker = { ...people.worker, password: NEW_PASSWORD };
  const desk = await other();
  await desk.goto(url);
  await signInAs({ page: desk }, worker);
  await desk.locator('[data-last-sign-in="0"]').waitFor();
  await desk.locator('a[href="#/account"]').click();
  await desk.locator('[data-last-sign-in]').waitFor({ state: 'detached' });
  await desk.locator('tr[data-current=true]').waitFor();
  await fewPictures('account', desk);
  must((await desk.locator('tr[data-current=false]').count()) === 1, 'the other session is not listed');
  await page.locator('a[href="#/ledger"]').click();
  const typed = page.locator('input[name=billNumber]');
  await typed.fill('0077700001');
  await desk.locator('tr[data-current=false] button').click();
  await desk.locator('tr[data-current=false]').waitFor({ state: 'detached' });
  await typed.press('Enter');
  await page.locator('[data-ended=session]').waitFor();
  must(await page.locator('header').isHidden(), 'a page is seen behind the sign-in');
  await pictures('sign-in-ended');
  refused(401);
  await signInAs(eyes, worker);
  must((await typed.inputValue()) === '0077700001', 'what was typed is lost with the session');
  await lookAtRestingSession(eyes, desk, worker);
  await desk.context().close();
}

const MOST_RESTS = 3;
/** The page looks at its session every five seconds. */
const ENDS_WITHIN_MS = 15_000;

/** Nothing is done for half an hour by the clock of the page: it says so before, goes on at a key, and covers itself in the end. */
async function lookAtRestingSession({ must, fewPictures }: Eyes, desk: Eyes['page'], worker: Person): Promise<void> {
  await desk.clock.install();
  await desk.reload();
  await desk.locator('input#change_current').fill('half');
  await desk.clock.fastForward('27:10');
  await desk.locator('[data-ending=resting]').waitFor();
  await fewPictures('session-resting', desk);
  await desk.locator('[data-action=go-on]').click();
  await desk.locator('[data-ending]').waitFor({ state: 'detached' });
  await restUntilEnded(desk);
  await signInAs({ page: desk }, worker);
  must((await desk.locator('input#change_current').inputValue()) === 'half', 'what was typed is lost with a session that rested');
  await restUntilEnded(desk);
  await desk.clock.fastForward('15:01');
  await desk.locator('input#change_current').waitFor({ state: 'detached' });
}

/** An answer that was on its way while the clock was put forward counts as a use after the rest: then the session rests once more. */
async function restUntilEnded(desk: Eyes['page']): Promise<void> {
  const ended = desk.locator('[data-ended=session]');
  for (let rests = 1; ; rests++) {
    await desk.clock.fastForward('29:10');
    try {
      await ended.waitFor({ timeout: ENDS_WITHIN_MS });
      return;
    } catch (error) {
      if (rests === MOST_RESTS) throw error;
    }
  }
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

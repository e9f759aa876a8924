import { VerificationView } from '@app/contracts';
import { zhCN } from '../../apps/console/src/i18n/zh-CN';
import type { Eyes } from './eyes';

const ANSWER = '**/v1/verifications/*';

/** An answer whose payer is another than was read: said in words, in colour, and never in green. The answer is changed on its way here. */
export async function lookAtEvidence({ page, pictures, must }: Eyes): Promise<void> {
  await page.route(ANSWER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: contradicted(VerificationView.parse(await response.json())) });
  });
  await page.reload();
  await page.locator('[role=status][data-shown=unknown]').waitFor();
  must((await page.locator('tr[data-agrees=false]').count()) === 1, 'the field that differs is not marked');
  must((await page.locator('li[data-tone=warning]').count()) === 2, 'a person is not told to look and how many tries are left');
  must((await page.getByText(zhCN['advice.inconclusive']).count()) === 1, 'an answer that came is said to be lost');
  await pictures('evidence');
  await page.unroute(ANSWER);
  await page.reload();
}

function contradicted(view: VerificationView): VerificationView {
  const others = view.evidence.filter(({ field }) => field !== 'payer');
  return {
    ...view,
    verdict: 'unknown',
    reviewNeeded: true,
    triesLeft: 2,
    evidence: [{ field: 'payer', read: '王小明', told: '李大伟', agrees: false }, ...others],
  };
}

import { readingRules } from '@app/bills';
import type { RuleSets } from '@app/contracts';
import { verificationRules } from './verification-rules';

/** All rules that come with the product, in words. */
export function ruleSets(): RuleSets {
  return { sets: [readingRules(), verificationRules()] };
}

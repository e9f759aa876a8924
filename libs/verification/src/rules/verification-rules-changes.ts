import type { RuleSetChange } from '@app/contracts';

/**
 * The versions of the rules of verification, oldest first. Whoever changes what is decided adds a line with the next number. A spec holds
 * the last line's `digest`, of the sources that decide: where these change and no decision does, the digest alone is renewed.
 */
export const VERIFICATION_RULES_CHANGES: readonly (RuleSetChange & { digest: string })[] = [
  {
    version: 1,
    date: '2026-11-26',
    what: { 'zh-CN': '首个有版本号的规则', en: 'The first rules that have a version' },
    digest: 'be684449a4481517b98bf79effda7a99',
  },
];

/** Version of the rules of verification. */
export const VERIFICATION_RULES_VERSION = VERIFICATION_RULES_CHANGES.length;

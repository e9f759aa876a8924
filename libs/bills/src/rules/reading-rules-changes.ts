import type { RuleSetChange } from '@app/contracts';

/**
 * The versions of the checks of a reading, oldest first. Whoever changes what a reading is decided as adds a line with the next number. A
 * spec holds the last line's `digest`, of the sources that decide: where these change and no decision does, the digest alone is renewed.
 */
export const READING_RULES_CHANGES: readonly (RuleSetChange & { digest: string })[] = [
  {
    version: 1,
    date: '2026-11-26',
    what: { 'zh-CN': '首个有版本号的规则', en: 'The first rules that have a version' },
    digest: '2a9dfea7bad6654fd67bba2b6f57e133',
  },
];

/** Version of the checks of a reading. */
export const READING_RULES_VERSION = READING_RULES_CHANGES.length;

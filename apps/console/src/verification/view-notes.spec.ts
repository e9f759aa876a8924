import { Hold } from '@app/contracts';
import { createI18n } from '../i18n/i18n-context';
import { verification } from '../testing/made-up-verification';
import { notesOf } from './view-notes';

const i18n = createI18n('en');
const texts = (changes: Parameters<typeof verification>[0]): string[] => notesOf(i18n, verification(changes)).map(({ text }) => text);

describe('notesOf', () => {
  it('says nothing beside a plain match', () => {
    expect(texts({})).toEqual([]);
  });

  it('warns first that a person should look', () => {
    expect(notesOf(i18n, verification({ reviewNeeded: true, triesLeft: 2 }))).toEqual([
      { tone: 'warning', text: i18n.t('advice.reviewNeeded') },
      { tone: 'warning', text: 'Other elements of this bill did not match today; tries left: 2.' },
    ]);
  });

  it('tells from when a refused request may be taken, and when waiting does not help', () => {
    const passesAt = '2026-11-22T16:00:00.000Z';
    expect(texts({ state: 'refused', refusal: { code: 'daily-limit', passesAt } })[0]).toContain(i18n.instant(passesAt));
    expect(texts({ state: 'refused', refusal: { code: 'bad-amount', passesAt: null } })).toEqual([i18n.t('note.neverPasses')]);
  });

  it.each(Hold.options)('tells why an open one waits: %s', (hold) => {
    expect(texts({ state: 'waiting', verdict: 'none', hold })).toEqual([i18n.t(`hold.${hold}`)]);
  });

  it('does not speak of waiting once it ended', () => {
    expect(texts({ state: 'answered', hold: 'throttled' })).toEqual([]);
  });

  it('counts the tries down to none', () => {
    expect(texts({ triesLeft: 0 })).toEqual([i18n.t('note.noTriesLeft')]);
  });

  it('shows what is odd about the elements in the chosen language', () => {
    const message = { 'zh-CN': '地区不常见', en: 'An unusual region' };
    expect(texts({ warnings: [{ code: 'code-region', message }] })).toEqual(['An unusual region']);
  });
});

import { createI18n } from '../i18n/i18n-context';
import { actorKind } from './actor-kind';

describe('the kind of an actor', () => {
  it('is told in words, with the roles of a person', () => {
    const actor = { type: 'user', roles: ['clerk', 'reviewer'] };
    expect(actorKind(actor, createI18n('zh-CN'))).toBe('用户 · 经办 · 复核');
    expect(actorKind({ type: 'worker', roles: null }, createI18n('en'))).toBe('background job');
  });

  it('stands as it was written where there are no words for it', () => {
    expect(actorKind({ type: 'robot', roles: ['pilot'] }, createI18n('zh-CN'))).toBe('robot · pilot');
  });
});

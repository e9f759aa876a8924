import { RestingEndpoints } from './resting-endpoints';

describe('RestingEndpoints', () => {
  let now: number;
  let endpoints: RestingEndpoints;
  beforeEach(() => {
    now = 1_000;
    endpoints = new RestingEndpoints(() => now);
  });

  it('lets everything pass while endpoints answer', () => {
    endpoints.answered('a');
    expect([endpoints.admits('a'), endpoints.admits('a')]).toEqual([true, true]);
  });

  it('leaves one alone that did not answer, and no other', () => {
    endpoints.didNotAnswer('a');
    expect([endpoints.admits('a'), endpoints.admits('b')]).toEqual([false, true]);
  });

  it('sends one message after the rest, and the others when that was answered', () => {
    endpoints.didNotAnswer('a');
    now += 30_000;
    expect([endpoints.admits('a'), endpoints.admits('a')]).toEqual([true, false]);
    endpoints.answered('a');
    expect(endpoints.admits('a')).toBe(true);
  });

  it('rests again when that one was not answered either', () => {
    endpoints.didNotAnswer('a');
    now += 30_000;
    expect(endpoints.admits('a')).toBe(true);
    endpoints.didNotAnswer('a');
    now += 29_999;
    expect(endpoints.admits('a')).toBe(false);
    now += 1;
    expect(endpoints.admits('a')).toBe(true);
  });

  it('sends another one when the one that was sent told nothing', () => {
    endpoints.didNotAnswer('a');
    now += 30_000;
    expect(endpoints.admits('a')).toBe(true);
    endpoints.leftOpen('a');
    expect(endpoints.admits('a')).toBe(true);
  });
});

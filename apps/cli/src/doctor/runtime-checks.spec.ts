import { examineNode, examinePlatform, nativeChecks } from './runtime-checks';

describe('examineNode', () => {
  it.each([
    ['24.21.0', 'ok'],
    ['26.0.0', 'ok'],
    ['20.20.2', 'fail'],
  ])('%s is %s', (version, state) => expect(examineNode(version).state).toBe(state));
});

describe('examinePlatform', () => {
  it.each([
    ['linux', 'x64', '2.28', 'ok'],
    ['linux', 'arm64', '2.38', 'ok'],
    ['linux', 'x64', '2.17', 'fail'],
    ['linux', 'x64', null, 'fail'],
    ['linux', 'loong64', '2.36', 'fail'],
    ['darwin', 'arm64', null, 'warn'],
  ])('%s %s with glibc %s is %s', (platform, arch, glibc, state) => expect(examinePlatform(platform, arch, glibc).state).toBe(state));
});

describe('nativeChecks', () => {
  it('loads every native module', async () => {
    const states = await Promise.all(nativeChecks.map(async ({ run }) => (await run()).state));
    expect(states).toEqual(['ok', 'ok']);
  });
});

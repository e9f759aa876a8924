import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canReach, serverAccount } from './server-account';

/** An account that owns nothing and is in no group of this machine. */
const STRANGER = { uid: 64_321, gid: 64_321 };

describe('canReach', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-reach-'));
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'inner'), { mode: 0o755 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is true when every folder on the way may be entered', async () => {
    expect(await canReach(STRANGER, join(folder, 'inner', 'data'))).toBe(true);
  });

  it('is false when one of them is private, however open the ones below are', async () => {
    await chmod(folder, 0o700);
    expect(await canReach(STRANGER, join(folder, 'inner', 'data'))).toBe(false);
  });

  it('asks for entering only, not for reading', async () => {
    await chmod(folder, 0o711);
    expect(await canReach(STRANGER, join(folder, 'inner', 'data'))).toBe(true);
  });
});

describe('serverAccount', () => {
  it('is an unprivileged one for root, and nobody else for everyone else', async () => {
    const account = await serverAccount();
    if (process.getuid?.() === 0) expect(account?.uid).toBeGreaterThan(0);
    else expect(account).toBeNull();
  });
});

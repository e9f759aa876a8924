import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PeersUnavailableError, preparePython } from './python-environment';

describe('preparePython', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'peers-'));
    writeFileSync(join(folder, 'requirements.txt'), 'a-package==1.0\n');
    mkdirSync(join(folder, 'environment'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('uses the environment as it is when it holds the same pins', () => {
    writeFileSync(join(folder, 'environment', 'installed.txt'), 'a-package==1.0\n');
    expect(preparePython(join(folder, 'environment'), join(folder, 'requirements.txt'))).toBe(join(folder, 'environment', 'bin', 'python'));
  });

  it('says what is needed when the environment cannot be made', () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(() => preparePython(join(folder, 'a-file'), join(folder, 'requirements.txt'))).toThrow(PeersUnavailableError);
  });
});

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { SLAPD } from './slapd-server';

/**
 * Signs people in with a real OpenLDAP, which each run starts for itself on loopback. Kept out of the ordinary tests, which need nothing but
 * npm. `--if-installed` leaves it out, aloud, where there is no slapd.
 */
if (existsSync(SLAPD)) run();
else if (process.argv.includes('--if-installed')) console.log(`left out: there is no ${SLAPD}`);
else {
  console.error(`there is no ${SLAPD}: install it with "apt-get install slapd"; the service itself need not run`);
  process.exitCode = 1;
}

function run(): void {
  const root = resolve(__dirname, '../..');
  const jest = resolve(root, 'node_modules/jest/bin/jest.js');
  const flags = ['--experimental-vm-modules', '--no-warnings'];
  const args = [...flags, jest, '--rootDir', root, '--testMatch', '<rootDir>/test/ldap/**/*.ldap.ts', '--runInBand'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  child.once('exit', (code) => (process.exitCode = code ?? 1));
}

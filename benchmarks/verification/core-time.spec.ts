import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../../test/support/eventually';
import { coreMs, familyCoreMs } from './core-time';

const BUSY = 'while (process.cpuUsage().user < 200_000);';

describe('core time', () => {
  it('grows with the work of a process, and is unknown of one that is not there', async () => {
    const before = (await coreMs(process.pid)) ?? 0;
    await eventually(async () => ((await coreMs(process.pid)) ?? 0) > before, { what: 'core time of this very process' });
    expect(await coreMs(999_999_999)).toBeUndefined();
  });

  it('counts the children of a family, and those that have ended', async () => {
    const idle =
      'process.on("message", () => process.exit()); require("child_process").spawnSync(process.execPath, ["-e", process.argv[1]]);';
    const parent = spawn(process.execPath, ['-e', `${idle} console.log('ready'); setInterval(() => undefined, 1000)`, BUSY], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(parent.stdout, 'data');
    const alone = (await coreMs(parent.pid!)) ?? 0;
    const family = (await familyCoreMs(parent.pid!)) ?? 0;
    parent.kill();
    expect(family - alone).toBeGreaterThan(50);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, startDemo } from '../../apps/demo/src/demo';
import { makePeople } from './people';
import { startSignInProvider, type SignInProvider } from './sign-in-provider';

/** `npm run test:console -- [folder for the pictures]`: the console of the built product, used in a real Chromium. */
async function main(out = 'console-pictures'): Promise<number> {
  const browser = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(browser)) throw new Error(`no Chromium at ${browser}: install it, or name it in CHROMIUM_PATH`);
  const stateDir = await mkdtemp(join(tmpdir(), 'piaoyan-console-'));
  const provider = await startSignInProvider(join(stateDir, 'sign-in'));
  const options = { isOnce: true, isReset: false, port: undefined, isFromSource: false, stateDir };
  const demo = await startDemo(options, console.log, { api: provider.settings });
  provider.serve(demo.stack.urls.api);
  try {
    return await look(demo, provider, out);
  } finally {
    await provider.close();
    await demo.stack.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function look({ stack, key, files }: Demo, provider: SignInProvider, out: string): Promise<number> {
  const matching = files.samples.find(({ expected: { end } }) => 'verdict' in end && end.verdict === 'valid');
  if (!matching) throw new Error('no sample of the demo ends with a green light');
  const options = ['--url', stack.urls.api, '--key', key, '--file', join(files.folder, matching.file), '--out', out, '--expect', 'valid'];
  options.push('--sandbox', stack.urls.sandbox, '--front', provider.url, '--issuer', provider.issuer);
  const child = spawn(process.execPath, ['-r', '@swc-node/register', join(__dirname, 'look.ts'), ...options], {
    stdio: 'inherit',
    // No place for passwords, be they made for one run: other users of the machine see arguments.
    env: { ...process.env, PIAOYAN_LOOK_PEOPLE: JSON.stringify(await makePeople(stack)) },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  console.log(code === 0 ? `the console is as it must be; pictures in ${out}` : 'the console is not as it must be');
  return code ?? 1;
}

main(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

import { AlreadyRunningError, EmbeddedPostgresError, ModelsError, PortTakenError, ProcessError, type Stack } from '@app/devstack';
import { DEFAULT_PORT, demoOptions, UsageError, type DemoOptions } from './demo-options';
import { showSamples, startDemo, type Demo } from './demo';
import { seedPeople } from './seed-people';
import { welcome } from './welcome';

/** What goes wrong on a newcomer's machine and is told in a sentence; anything else is a fault of ours and keeps its stack. */
const TOLD_IN_A_SENTENCE = [AlreadyRunningError, EmbeddedPostgresError, ModelsError, PortTakenError, ProcessError, UsageError];

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const log = (line: string) => void process.stdout.write(`${line}\n`);

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends this process, and its children with it, at once. */
const interrupted = new Promise<'interrupted'>((resolve) => {
  let isFirst = true;
  const onSignal = () => {
    if (!isFirst) process.exit(INTERRUPTED);
    isFirst = false;
    resolve('interrupted');
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
});

async function main(): Promise<number> {
  const options = demoOptions(process.argv.slice(2));
  const started = performance.now();
  const demo = await startDemo(options, log);
  try {
    if (options.isOnce) return await once(demo);
    const people = await seedPeople(demo.stack);
    log(welcome({ ...demo, people, seconds: (performance.now() - started) / 1000 }));
    return await stay(demo.stack);
  } finally {
    await demo.stack.stop();
    if (!options.isOnce) log('stopped; the data is kept');
  }
}

async function once(demo: Demo): Promise<number> {
  const end = await Promise.race([showSamples(demo, log), interrupted]);
  if (end === 'interrupted') return INTERRUPTED;
  return end ? 0 : 1;
}

async function stay(stack: Stack): Promise<number> {
  const died = new Promise<ProcessError>((resolve) => stack.onDeath(resolve));
  const end = await Promise.race([interrupted, died]);
  if (end === 'interrupted') {
    log('\nstopping');
    return 0;
  }
  process.stderr.write(`${end.message}\nstopping the other processes\n`);
  return 1;
}

function inASentence(error: unknown): string {
  if (error instanceof PortTakenError) return `${error.message}: choose another with npm run demo -- --port ${wayOut(error.port)}`;
  if (TOLD_IN_A_SENTENCE.some((kind) => error instanceof kind)) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function wayOut(port: DemoOptions['port']): number {
  return port === undefined || port >= 65_535 ? DEFAULT_PORT : port + 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${inASentence(error)}\n`);
    process.exit(1);
  },
);

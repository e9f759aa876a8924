import type { StackProcessName } from '@app/devstack';
import type { Question } from './question';
import type { StepGround } from './step-ground';

/** A place on the way of a verification, and what dies there. */
export interface StepKill {
  name: string;
  /** Asks, kills at that very step, and brings back what died. The id of the accepted verification. */
  run(ground: StepGround, question: Question): Promise<string>;
}

/** Every step of an attempt's life, with each process that may die there. */
export const STEP_KILLS: readonly StepKill[] = [
  { name: 'api dies before the intent is committed', run: intentUncommitted },
  { name: 'api dies after the intent, before its answer', run: (ground, question) => whileThinking(ground, question, ['api']) },
  { name: 'worker dies before it takes the job', run: jobUntaken },
  { name: 'worker dies while the provider thinks', run: (ground, question) => whileThinking(ground, question, ['worker']) },
  { name: 'worker dies before the outcome is committed', run: outcomeUncommitted },
  { name: 'egress dies while the provider thinks', run: (ground, question) => whileThinking(ground, question, ['egress']) },
  {
    name: 'worker and egress die while the provider thinks',
    run: (ground, question) => whileThinking(ground, question, ['worker', 'egress']),
  },
  { name: 'egress dies after it sent, before the provider read', run: sentUnread },
  { name: 'egress dies after the reply, before the worker read it', run: replyUnread },
  { name: 'provider dies after it charged, before its reply', run: (ground, question) => whileThinking(ground, question, ['sandbox']) },
  {
    name: 'everything dies while the provider thinks',
    run: (ground, question) => whileThinking(ground, question, ['api', 'worker', 'egress', 'sandbox']),
  },
];

async function intentUncommitted(ground: StepGround, question: Question): Promise<string> {
  // Wrapped, so that the lock is given up before the caller has its answer: until then there can be none.
  const { asking } = await ground.whileLocked('audit_entry', async (waiting) => {
    const begun = { asking: ground.ask(question) };
    await waiting('piaoyan-api');
    await ground.kill('api');
    await ground.revive('api');
    return begun;
  });
  return asking;
}

async function whileThinking(ground: StepGround, question: Question, victims: readonly StackProcessName[]): Promise<string> {
  const id = await ground.askThinking(question);
  for (const victim of victims) await ground.kill(victim);
  for (const victim of victims.toReversed()) await ground.revive(victim);
  return id;
}

async function jobUntaken(ground: StepGround, question: Question): Promise<string> {
  await ground.kill('worker');
  const id = await ground.ask(question);
  await ground.revive('worker');
  return id;
}

async function outcomeUncommitted(ground: StepGround, question: Question): Promise<string> {
  const id = await ground.whileLocked('charge', async (waiting) => {
    const asked = await ground.ask(question);
    await waiting('piaoyan-worker');
    await ground.kill('worker');
    return asked;
  });
  await ground.revive('worker');
  return id;
}

/** The request lies in the kernel while its sender dies: the provider reads it afterwards, and charges. */
async function sentUnread(ground: StepGround, question: Question): Promise<string> {
  const id = await ground.whileHalted('sandbox', async () => {
    const asked = await ground.ask(question);
    await ground.thinkingEnds();
    await ground.kill('egress');
    return asked;
  });
  await ground.revive('egress');
  return id;
}

async function replyUnread(ground: StepGround, question: Question): Promise<string> {
  const id = await ground.askThinking(question);
  await ground.whileHalted('worker', async () => {
    await ground.thinkingEnds();
    await ground.kill('egress');
  });
  await ground.revive('egress');
  return id;
}

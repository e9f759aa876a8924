import { join } from 'node:path';
import { projectRoot } from '../project-root';
import { setUpModels } from './model-setup';
import { ModelsError } from './models.error';

const log = (line: string) => process.stdout.write(`${line}\n`);

setUpModels({
  modelsDir: join(projectRoot(), 'models'),
  given: process.env.PIAOYAN_MODELS,
  isUpgrade: process.argv.includes('--upgrade'),
  log,
}).catch((error: unknown) => {
  if (!(error instanceof ModelsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

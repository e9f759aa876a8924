import { ModelPackError, resolvePack } from '@app/ocr';
import type { Check, Finding } from './check';

/** The OCR models are there and every byte of them is what was published. */
export function modelsCheck(modelsDir: string): Check {
  return { name: 'OCR models', run: () => examineModels(modelsDir) };
}

async function examineModels(modelsDir: string): Promise<Finding> {
  try {
    const pack = await resolvePack(modelsDir);
    return { state: 'ok', detail: `${pack.name}, every hash is right` };
  } catch (error) {
    if (!(error instanceof ModelPackError)) throw error;
    return { state: 'fail', detail: error.message, advice: 'bring the folder again from the release; PIAOYAN_MODELS names where it is' };
  }
}

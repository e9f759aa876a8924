import type { Tx } from '@app/database';
import type { DataClass } from '../data-class';
import { DataKeyStore } from '../data-key.store';
import { KeyInUseError } from '../key-in-use.error';
import type { Keyring } from '../keyring';
import { type PlacedColumn, shapeOf } from '../sealed-column';
import { GenerationSealsError, NoGenerationError } from './generation.error';
import { SealedValueStore } from './sealed-value.store';

/** Destroys a generation of data keys that seals nothing any more. */
export class GenerationEnd {
  private readonly keys = new DataKeyStore();
  private readonly values = new SealedValueStore();

  constructor(private readonly parts: { keyring: Keyring; columns: readonly PlacedColumn[] }) {}

  /**
   * @throws NoGenerationError for one that is not there or was destroyed, GenerationSealsError while a value needs it, KeyInUseError for one
   *   that is active or was until a moment ago
   */
  async destroy(tx: Tx, dataClass: DataClass, generation: number): Promise<void> {
    const key = await this.keys.find(tx, { keyClass: dataClass, generation });
    if (key === null || key.state === 'destroyed') throw new NoGenerationError(dataClass, generation);
    if (key.state === 'active') throw new KeyInUseError(dataClass, generation);
    const sealing = await this.columnsUnder(tx, dataClass, generation);
    if (sealing.length > 0) throw new GenerationSealsError(dataClass, generation, sealing);
    await this.parts.keyring.destroy(tx, dataClass, generation);
  }

  private async columnsUnder(tx: Tx, dataClass: DataClass, generation: number): Promise<string[]> {
    const found: string[] = [];
    for (const column of this.parts.columns.filter((one) => shapeOf(one).dataClass === dataClass)) {
      if (await this.values.isUnder(tx, await this.values.position(tx, column), generation)) found.push(column.name);
    }
    return found;
  }
}

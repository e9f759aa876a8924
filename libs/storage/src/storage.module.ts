import { type DynamicModule, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { FileObjectStore } from './file-object-store';
import { ObjectStore } from './object-store';

/** No upload takes this long: what is older was left behind by a process that was killed. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** Provides `ObjectStore`, globally: files below one directory. */
@Module({})
export class StorageModule implements OnApplicationBootstrap {
  constructor(@Inject(FileObjectStore) private readonly store: FileObjectStore) {}

  static forRoot(options: { directory: string }): DynamicModule {
    const store = new FileObjectStore(options.directory);
    return {
      module: StorageModule,
      global: true,
      providers: [
        { provide: FileObjectStore, useValue: store },
        { provide: ObjectStore, useExisting: FileObjectStore },
      ],
      exports: [ObjectStore, FileObjectStore],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.store.removeUnfinished(ABANDONED_AFTER_MS);
  }
}

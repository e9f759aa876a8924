import { type DynamicModule, Module } from '@nestjs/common';
import { FileObjectStore } from './file-object-store';
import { ObjectStore } from './object-store';

/** Provides `ObjectStore`, globally: files below one directory. */
@Module({})
export class StorageModule {
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
}

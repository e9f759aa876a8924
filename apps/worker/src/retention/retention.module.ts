import { PrivacyModule } from '@app/privacy';
import { StorageModule } from '@app/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { RunRetentionHandler } from './run-retention.handler';

/** Runs `retention.run`: what is due is erased, in the database and in the object store. */
@Module({})
export class RetentionModule {
  static forRoot({ storageDirectory }: { storageDirectory: string }): DynamicModule {
    return {
      module: RetentionModule,
      imports: [StorageModule.forRoot({ directory: storageDirectory }), PrivacyModule.forErasing()],
      providers: [RunRetentionHandler],
    };
  }
}

import { SignInSweepModule } from '@app/identity';
import { PrivacyModule } from '@app/privacy';
import { StorageModule } from '@app/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { RunRetentionHandler } from './run-retention.handler';

/** Runs `retention.run`: what is due is erased, in the database and in the object store. Keeps house for sign-ins beside it. */
@Module({})
export class RetentionModule {
  static forRoot({ storageDirectory }: { storageDirectory: string }): DynamicModule {
    return {
      module: RetentionModule,
      imports: [StorageModule.forRoot({ directory: storageDirectory }), PrivacyModule.forErasing(), SignInSweepModule.forRoot()],
      providers: [RunRetentionHandler],
    };
  }
}

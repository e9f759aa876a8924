import { PrivacyModule } from '@app/privacy';
import { StorageModule } from '@app/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { HandleSubjectHandler } from './handle-subject.handler';

/** Runs `subject.handle`: what persons ask of a tenant is searched, exported and erased. */
@Module({})
export class SubjectsModule {
  static forRoot({ storageDirectory }: { storageDirectory: string }): DynamicModule {
    return {
      module: SubjectsModule,
      imports: [StorageModule.forRoot({ directory: storageDirectory }), PrivacyModule.forAnswering()],
      providers: [HandleSubjectHandler],
    };
  }
}

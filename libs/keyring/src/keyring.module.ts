import { type DynamicModule, Module } from '@nestjs/common';
import { Keyring } from './keyring';

/** Provides `Keyring`, globally. */
@Module({})
export class KeyringModule {
  /** `masterKey`: the list of master keys, see `Keyring`. */
  static forRoot({ masterKey }: { masterKey: string }): DynamicModule {
    return {
      module: KeyringModule,
      global: true,
      providers: [{ provide: Keyring, useFactory: () => new Keyring(masterKey) }],
      exports: [Keyring],
    };
  }
}

import type { ApiConfig } from '@app/config';
import type { Provider, Type } from '@nestjs/common';
import { CallLog } from './call-log';
import { CallRate } from './call-rate';
import { ClientVerification } from './client-verification';
import { DROP_IN_SETTINGS, dropInSettings } from './drop-in-settings';
import { JumdataController } from './jumdata/jumdata.controller';
import { NetocrController } from './netocr/netocr.controller';

/** The endpoints that speak a provider's dialect. */
export const DROP_IN_CONTROLLERS: readonly Type[] = [NetocrController, JumdataController];

/** What they need. `ClientCredentials`, `VerificationRequests`, `Verifications` and `ResultWait` come from elsewhere. */
export function dropInProviders(config: ApiConfig): Provider[] {
  return [{ provide: DROP_IN_SETTINGS, useValue: dropInSettings(config) }, CallRate, CallLog, ClientVerification];
}

import type { ProviderId } from '@app/contracts';
import {
  type EgressAddress,
  EgressClient,
  HttpsEgressClient,
  VERIFICATION_FOLLOWERS,
  VerificationFollowersModule,
  VerificationModule,
} from '@app/verification';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { readDialects } from './read-dialects';
import { SendVerificationHandler } from './send-verification.handler';

/** The gateway's URL, and the files of the mutual TLS with it. */
export interface EgressSettings {
  url: string;
  caFile: string;
  certFile: string;
  keyFile: string;
}

/** Where the gateway is, and how its replies are read. */
export interface SendingSettings {
  egress: EgressSettings;
  /** JSON file of the codes that providers do not document. */
  codesFile: string | undefined;
  /** JSON file that describes the generic provider. */
  genericFile: string | undefined;
  /** Providers that are configured, the preferred first. */
  failoverOrder: readonly ProviderId[];
}

/** Runs `verification.send`: the only part of the worker that reaches the gateway. */
@Module({})
export class SendingModule {
  static forRoot({ egress: settings, codesFile, genericFile, failoverOrder }: SendingSettings): DynamicModule {
    const egress: DynamicModule = {
      module: EgressModule,
      providers: [
        { provide: HttpsEgressClient, useFactory: async () => new HttpsEgressClient(await addressOf(settings)) },
        { provide: EgressClient, useExisting: HttpsEgressClient },
      ],
      exports: [EgressClient],
    };
    const sending = VerificationModule.forSending({
      failoverOrder,
      dialects: readDialects(codesFile, genericFile),
      listeners: VERIFICATION_FOLLOWERS,
      imports: [egress, VerificationFollowersModule],
    });
    return { module: SendingModule, imports: [sending], providers: [SendVerificationHandler] };
  }
}

@Module({})
class EgressModule implements OnApplicationShutdown {
  constructor(@Inject(HttpsEgressClient) private readonly client: HttpsEgressClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}

async function addressOf({ url, caFile, certFile, keyFile }: EgressSettings): Promise<EgressAddress> {
  const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map((file) => readFile(file, 'utf8')));
  return { url, ca: ca ?? '', cert: cert ?? '', key: key ?? '' };
}

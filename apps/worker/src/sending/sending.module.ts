import type { Sealer } from '@app/crypto';
import { type EgressAddress, EgressClient, HttpsEgressClient, VerificationModule } from '@app/verification';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { SendVerificationHandler } from './send-verification.handler';

/** The gateway's URL, the files of the mutual TLS with it, and what its replies are sealed with. */
export interface EgressSettings {
  url: string;
  caFile: string;
  certFile: string;
  keyFile: string;
  /** Seals the providers' replies. */
  sealer: Sealer;
}

/** Runs `verification.send`: the only part of the worker that reaches the gateway. */
@Module({})
export class SendingModule {
  static forRoot(settings: EgressSettings): DynamicModule {
    const egress: DynamicModule = {
      module: EgressModule,
      providers: [
        { provide: HttpsEgressClient, useFactory: async () => new HttpsEgressClient(await addressOf(settings)) },
        { provide: EgressClient, useExisting: HttpsEgressClient },
      ],
      exports: [EgressClient],
    };
    const sending = VerificationModule.forSending({ sealer: settings.sealer, imports: [egress] });
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

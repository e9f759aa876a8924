import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ProviderChannel } from './provider-channel.entity';
import { ProviderChannelStore } from './provider-channel.store';

/** Whether each provider may be called, to look at. */
@Injectable()
export class ProviderStates {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: ProviderChannelStore,
  ) {}

  async list(): Promise<ProviderChannel[]> {
    return this.store.list(this.dataSource.manager);
  }
}

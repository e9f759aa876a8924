import { type ColleagueList, ColleagueQuery } from '@app/contracts';
import { type SignedIn, Users } from '@app/identity';
import { Controller, Get, Query } from '@nestjs/common';
import { OwnSession, Person } from '../auth/own-session.decorator';

/** What people are called, for whoever is signed in and was told their ids: nobody lists others here. */
@Controller('v1/colleagues')
export class ColleaguesController {
  constructor(private readonly users: Users) {}

  @Get()
  @OwnSession('free')
  async list(@Person() { tenant }: SignedIn, @Query({ schema: ColleagueQuery }) { ids }: ColleagueQuery): Promise<ColleagueList> {
    const users = await this.users.withIds(tenant, ids.split(','));
    return { items: users.map(({ id, login, displayName }) => ({ id, login, displayName })) };
  }
}

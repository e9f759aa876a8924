import type { RuleSets } from '@app/contracts';
import { ruleSets } from '@app/verification';
import { Controller, Get } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';

/** The rules that come with the product, in words. */
@Controller('v1/rules')
export class RulesController {
  @Get()
  @Scope('policy.read')
  list(): RuleSets {
    return ruleSets();
  }
}

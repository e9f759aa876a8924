import { EGRESS_CALL_PATH, type EgressCall, type EgressReply } from '@app/contracts';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CallPipe } from './call.pipe';
import { CallsService } from './calls.service';

/** The gateway's only route. */
@Controller()
export class CallsController {
  constructor(@Inject(CallsService) private readonly calls: CallsService) {}

  @Post(EGRESS_CALL_PATH)
  @HttpCode(200)
  call(@Body(CallPipe) call: EgressCall): Promise<EgressReply> {
    return this.calls.call(call);
  }
}

import { formatNetocrReply, type NetocrCall, netocrCodeOf, netocrElements, NETOCR_PATH, NETOCR_TYPE_ID } from '@app/providers';
import { Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../auth/public.decorator';
import { processingBasis } from '../../http/processing-basis';
import { CallLog } from '../call-log';
import { answerHeaders, answerOfShape, type ClientAnswer } from '../client-answer';
import { callOf, type DropInRequest, hasGone } from '../client-call';
import { ClientVerification } from '../client-verification';
import { DROP_IN_SETTINGS, type DropInSettings } from '../drop-in-settings';
import { sendAnswer } from '../send-answer';
import { NetocrGuard } from './netocr.guard';

/** netocr's endpoint for systems that were written for netocr. Not for API keys: a credential of its own opens it. */
@Controller()
@Public()
@UseGuards(NetocrGuard)
export class NetocrController {
  constructor(
    private readonly verification: ClientVerification,
    private readonly log: CallLog,
    @Inject(DROP_IN_SETTINGS) private readonly settings: DropInSettings,
  ) {}

  @Post(NETOCR_PATH)
  async verify(@Req() request: DropInRequest<NetocrCall>, @Res() reply: FastifyReply): Promise<void> {
    const { client, call } = callOf(request);
    const answer = await this.answer(request, () => hasGone(request));
    const code = codeOf(answer);
    this.log.answered(request, answer, { credentialId: client.credentialId, code, unknownFields: call.unknownFields });
    const { netocrMirrorStatus: mirrorStatus, netocrListsAsString: listsAsString } = this.settings;
    sendAnswer(reply, 200, answerHeaders(answer), formatNetocrReply({ ...spoken(answer), code }, { mirrorStatus, listsAsString }));
  }

  private async answer(request: DropInRequest<NetocrCall>, gone: () => boolean): Promise<ClientAnswer> {
    const { client, call } = callOf(request);
    if (call.typeId.trim() !== NETOCR_TYPE_ID) return answerOfShape('TYPE_ERROR');
    const read = netocrElements(call);
    if (read.refused) return answerOfShape(read.refused.outcome, read.refused.element);
    return this.verification.ask(client, { elements: read.elements, basis: processingBasis(request) }, gone);
  }
}

/** The code a client understands. Those that mean "charged" are said of limits only when this call was. */
function codeOf({ outcome, origin }: ClientAnswer): string {
  if (outcome === 'FAILED_LIMIT' && origin !== 'upstream') return netocrCodeOf('DAILY_LIMIT');
  // -30015 speaks of the client's own typeId; a wrong configuration of ours is no business of the client.
  if (outcome === 'TYPE_ERROR' && origin === 'local') return '-30015';
  return netocrCodeOf(outcome);
}

function spoken({ outcome, face }: ClientAnswer): { face: ClientAnswer['face']; message?: string } {
  return outcome === 'IN_PROGRESS' ? { face, message: '查验失败: 正在查验中,请稍后以相同要素再次查验' } : { face };
}

import {
  formatJumdataReply,
  JUMDATA_CODES,
  JUMDATA_PARAMETERS,
  JUMDATA_PATH,
  type JumdataCall,
  jumdataCodeOf,
  jumdataElements,
} from '@app/providers';
import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../auth/public.decorator';
import { processingBasis } from '../../http/processing-basis';
import { CallLog } from '../call-log';
import { answerHeaders, answerOfShape, type ClientAnswer } from '../client-answer';
import { callOf, type DropInRequest, hasGone } from '../client-call';
import { ClientVerification } from '../client-verification';
import { sendAnswer } from '../send-answer';
import { JumdataGuard } from './jumdata.guard';

/** jumdata's endpoint for systems that were written for jumdata. Not for API keys: a credential of its own opens it. */
@Controller()
@Public()
@UseGuards(JumdataGuard)
export class JumdataController {
  constructor(
    private readonly verification: ClientVerification,
    private readonly log: CallLog,
  ) {}

  @Get(JUMDATA_PATH)
  async get(@Req() request: DropInRequest<JumdataCall>, @Res() reply: FastifyReply): Promise<void> {
    await this.verify(request, reply);
  }

  @Post(JUMDATA_PATH)
  async post(@Req() request: DropInRequest<JumdataCall>, @Res() reply: FastifyReply): Promise<void> {
    await this.verify(request, reply);
  }

  private async verify(request: DropInRequest<JumdataCall>, reply: FastifyReply): Promise<void> {
    const { client, call } = callOf(request);
    const read = jumdataElements(call);
    const answer = read.refused
      ? answerOfShape(read.refused.outcome, read.refused.element)
      : await this.verification.ask(client, { elements: read.elements, basis: processingBasis(request) }, () => hasGone(request));
    const code = jumdataCodeOf(answer.outcome);
    this.log.answered(request, answer, { credentialId: client.credentialId, code, unknownFields: call.unknownFields });
    sendAnswer(reply, 200, answerHeaders(answer), formatJumdataReply({ code, ...spoken(answer, code) }));
  }
}

function spoken(
  { outcome, element, face, charge, taskNumber }: ClientAnswer,
  code: string,
): Omit<Parameters<typeof formatJumdataReply>[0], 'code'> {
  const message =
    element === undefined ? undefined : `${PARAMETER_WORDS[outcome] ?? JUMDATA_CODES[code]?.message ?? ''}: ${JUMDATA_PARAMETERS[element]}`;
  return {
    charge: charge === 'charged',
    face,
    ...(message !== undefined && { message }),
    ...(taskNumber !== null && { taskNumber }),
  };
}

/** Code 400 stands for three outcomes: only its text tells a client which. */
const PARAMETER_WORDS: Partial<Record<ClientAnswer['outcome'], string>> = { MISSING_PARAM: '参数不能为空', BAD_LENGTH: '参数长度不正确' };

import { formatJumdataReply } from '@app/providers';
import type { CallFailureReason } from '../call-failure';
import { DialectFilter } from '../dialect-filter';

const WORDS: Readonly<Record<CallFailureReason, readonly [code: string, message?: string]>> = {
  unknown: ['400', '参数错误: appId 或 sign 无效'],
  disabled: ['602'],
  addressNotAllowed: ['607'],
  tooFast: ['609'],
  methodNotAllowed: ['404', '请求方法不正确'],
  notFound: ['404'],
  fileRefused: ['400', '参数错误: 不接受文件'],
  typeRefused: ['400', '参数错误: 请使用 application/x-www-form-urlencoded'],
  tooLarge: ['400', '参数错误: 请求过大'],
  valueTooLong: ['400', '参数长度不正确'],
  malformed: ['400', '参数错误: 表单格式不正确'],
  unavailable: ['500'],
  internal: ['500'],
};

/** Answers every failure at jumdata's addresses as jumdata's clients read failures. */
export class JumdataFilter extends DialectFilter {
  protected bodyOf(reason: CallFailureReason): Buffer {
    const [code, message] = WORDS[reason];
    return formatJumdataReply({ code, charge: false, ...(message !== undefined && { message }) });
  }
}

import { formatNetocrReply } from '@app/providers';
import type { CallFailureReason } from '../call-failure';
import { DialectFilter } from '../dialect-filter';

const WORDS: Readonly<Record<CallFailureReason, readonly [code: string, message?: string]>> = {
  unknown: ['-30017', '传入参数不正确: key 或 secret 无效'],
  disabled: ['-30017', '传入参数不正确: key 已停用'],
  addressNotAllowed: ['-30017', '传入参数不正确: 调用方 IP 不在白名单'],
  tooFast: ['-30010', '查验异常: 请求过于频繁'],
  methodNotAllowed: ['-30015', '类型错误: 请求方法不正确'],
  notFound: ['-30015', '类型错误: 请求地址不正确'],
  fileRefused: ['-30017', '传入参数不正确: 不接受文件'],
  typeRefused: ['-30017', '传入参数不正确: 请使用 multipart/form-data 或 application/x-www-form-urlencoded'],
  tooLarge: ['-30017', '传入参数不正确: 请求过大'],
  valueTooLong: ['-30008'],
  malformed: ['-30017', '传入参数不正确: 表单格式不正确'],
  unavailable: ['-30010'],
  internal: ['-30010'],
};

/** Answers every failure at netocr's addresses as netocr's clients read failures. */
export class NetocrFilter extends DialectFilter {
  protected bodyOf(reason: CallFailureReason): Buffer {
    const [code, message] = WORDS[reason];
    return formatNetocrReply({ code, ...(message !== undefined && { message }) });
  }
}

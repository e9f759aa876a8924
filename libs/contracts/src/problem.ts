import { z } from 'zod';
import { LocalizedText } from './text';

const entry = (status: number, zh: string, en: string) => ({ status, message: { 'zh-CN': zh, en } });

/**
 * Every problem the API can answer, by its stable code. Codes are a public contract: they are added, never renamed.
 * Existing-but-foreign and missing ids are the same `not-found`: the API must not say what other tenants own.
 */
export const PROBLEMS = {
  unauthenticated: entry(401, '未提供有效的 API 密钥或登录会话', 'No valid API key and no session was given'),
  forbidden: entry(403, '没有此操作的权限', 'There is no permission for this action'),
  'not-found': entry(404, '未找到该资源', 'No such resource'),
  'method-not-allowed': entry(405, '该地址不支持此方法', 'This method is not supported here'),
  'request-timeout': entry(408, '上传超时,未收到完整内容', 'The upload timed out before it was complete'),
  'upload-empty': entry(400, '上传的文件为空', 'The uploaded file is empty'),
  'upload-missing': entry(400, '请求中没有文件', 'The request holds no file'),
  'upload-several-files': entry(400, '一次只能上传一个文件', 'Upload one file at a time'),
  'upload-incomplete': entry(400, '上传在完成前中断', 'The upload ended before it was complete'),
  'upload-too-large': entry(413, '文件超过大小上限', 'The file exceeds the size limit'),
  'upload-unsupported-type': entry(415, '文件不是受支持的票据格式', 'The file is not a supported receipt format'),
  'image-too-many-pixels': entry(422, '图像像素数超过上限', 'The image has more pixels than allowed'),
  'image-damaged': entry(422, '文件已损坏或不完整', 'The file is damaged or cut off'),
  'document-unsafe': entry(
    422,
    '文件含有不被接受的内容（如 DTD 声明）或结构过于庞大',
    'The document has content that is not accepted, such as a DTD, or is far too large in structure',
  ),
  'document-encrypted': entry(422, '文件已加密，请上传未加密的文件', 'The document is encrypted; upload one that is not'),
  'upload-archive': entry(
    415,
    '文件是压缩包，请按批次上传或解压后逐份上传',
    'The file is an archive; upload it as a batch, or its documents one by one',
  ),
  'archive-damaged': entry(422, '压缩包已损坏或不完整', 'The archive is damaged or cut off'),
  'upload-not-archive': entry(
    415,
    '文件不是由多份票据组成的 ZIP 压缩包，请作为单份票据上传',
    'The file is no ZIP archive of documents; upload it as one receipt',
  ),
  'invalid-request': entry(400, '请求格式不正确', 'The request is malformed'),
  'invalid-field': entry(422, '字段内容不符合要求', 'A field does not have the required form'),
  'purpose-required': entry(
    422,
    '查看原件或页面图像须填写用途',
    'Say what the image is looked at for: X-Piaoyan-Purpose, or open the receipt for review',
  ),
  'receipt-not-read': entry(409, '票据尚未识别完成', 'The receipt has not been read yet'),
  'receipt-refused': entry(422, '该文件不是财政票据,不能查验', 'This document is not a fiscal bill and cannot be verified'),
  'receipt-needs-review': entry(422, '识别结果需人工确认后才能查验', 'The reading must be confirmed by a person before it can be verified'),
  'correction-outdated': entry(
    409,
    '该票据的复核已被他人更新，请刷新后核对再保存',
    'Another review of this bill was saved meanwhile; reload, compare and save again',
  ),
  'idempotency-key-reused': entry(422, '该幂等键已用于内容不同的请求', 'This Idempotency-Key was used for a different request'),
  'consent-reference-required': entry(
    422,
    '本租户要求填写同意书编号或授权依据（X-Piaoyan-Consent-Reference）',
    'This tenant demands a consent reference: give it as X-Piaoyan-Consent-Reference',
  ),
  'bill-booked': entry(409, '该票据已入账', 'The bill was booked already'),
  'bill-not-booked': entry(409, '该票据尚未入账', 'The bill is not booked'),
  'bill-not-verified': entry(
    409,
    '该票据未查验一致或有矛盾，入账须注明理由（override）',
    'The bill is not verified as a match, or is contradicted: book it with override and a reason',
  ),
  'export-too-large': entry(422, '符合条件的票据过多，请缩小范围后再导出', 'Too many bills to export: narrow the filter'),
  'audit-export-too-large': entry(
    422,
    '符合条件的审计记录过多，请缩小时间范围后再导出',
    'Too many audit entries to export: narrow the window',
  ),
  'evidence-key-missing': entry(
    409,
    '本系统未配置证据签名密钥，请联系运维人员',
    'This installation has no key to sign evidence with; ask your operator',
  ),
  'evidence-too-large': entry(422, '该票据的证据超过大小上限', 'The evidence of this bill exceeds the size limit'),
  'charge-known': entry(409, '该次调用的计费已有定论,无需核销', 'The charge of this call is known already: there is nothing to settle'),
  'charge-settled': entry(409, '该次调用已按不同内容核销', 'This call was settled already, and otherwise'),
  'last-try-unconfirmed': entry(
    409,
    '该票据今日已查验不一致,且只剩最后一次查验机会,请核对五要素后确认再试',
    'Other elements of this bill did not match today and one try is left: compare all five with the image, then confirm the last try',
  ),
  'webhook-target-not-allowed': entry(
    422,
    '运维人员未允许向该地址发送通知',
    'The operator of this installation does not allow webhooks to this URL',
  ),
  'webhook-limit-reached': entry(409, '通知地址数量已达上限', 'There are as many webhook endpoints as a tenant may have'),
  'webhook-disabled': entry(409, '该通知地址已停用', 'This webhook endpoint is disabled'),
  'webhook-not-dead': entry(
    409,
    '该通知尚未被放弃,无需重新发送',
    'This delivery was neither given up nor is it overdue: it needs no re-drive',
  ),
  'table-unsupported': entry(415, '文件不是 XLSX 工作簿或 CSV 文本', 'The file is neither an XLSX workbook nor CSV text'),
  'table-encrypted': entry(422, '工作簿已加密，请上传未加密的文件', 'The workbook is encrypted; upload one that is not'),
  'table-damaged': entry(422, '表格已损坏或不完整', 'The table is damaged or cut off'),
  'table-too-large': entry(413, '表格超过大小上限', 'The table exceeds the size limits'),
  'table-too-many-rows': entry(422, '表格行数超过上限，请分批上传', 'The table has too many rows; upload it in parts'),
  'table-header': entry(
    422,
    '表格首行缺少所需列名，请使用模板',
    'The first line of the table does not name the columns that are needed; use the template',
  ),
  'batch-empty': entry(422, '批次中没有可查验的行', 'The batch has no row that can be verified'),
  'batch-state': entry(409, '批次当前状态不允许此操作', 'The state of the batch does not allow this'),
  'batch-estimate-changed': entry(
    409,
    '所需查验次数已变化，请核对最新估算后重新确认',
    'The number of calls has changed; look at the new estimate and confirm it',
  ),
  'api-key-scope-not-allowed': entry(
    422,
    '不能授予该密钥这些权限：须为制作者自己拥有、且不属于管理员专有的权限',
    'A key cannot be given these scopes: only what its maker holds, and nothing that only administrators have',
  ),
  'api-key-limit-reached': entry(409, '有效的 API 密钥数量已达上限', 'There are as many valid API keys as a tenant may have'),
  'api-key-ended': entry(409, '该 API 密钥已过期或已撤销', 'This API key has expired or was revoked'),
  'approval-needs-person': entry(
    403,
    '复核须由登录用户本人进行,API 密钥与命令行不能复核',
    'A person who signed in must decide this: neither an API key nor the command line can',
  ),
  'approval-own': entry(
    403,
    '不能复核本人提出(或由本人经手的密钥提出)的申请',
    'Nobody decides what they proposed, or what a key proposed that they handled',
  ),
  'approval-closed': entry(409, '该申请已有结论或已撤回', 'This proposal was decided or withdrawn already'),
  'approval-expired': entry(409, '该申请已过期,请重新提出', 'This proposal has expired; propose it anew'),
  'approval-missing': entry(409, '此操作须先由另一人复核通过', 'This needs the approval of a second person first'),
  'approval-right-lost': entry(409, '申请人已不再具有提出该申请的权限,请驳回', 'Who proposed this may no longer propose it: reject it'),
  'approval-changed': entry(409, '所复核的内容与申请不符', 'What was looked at is not what was proposed'),
  'approval-outdated': entry(
    409,
    '申请提出后情况已变化,请驳回后重新提出',
    'Things have changed since this was proposed: reject it and propose it anew',
  ),
  'key-export-delivered': entry(
    410,
    '该密钥包已被取走,如遗失请重新申请导出',
    'This package of keys was fetched already; if it was lost, propose the export anew',
  ),
  'key-export-expired': entry(
    410,
    '该密钥包七日内无人领取，已清除，请重新申请导出',
    'Nobody fetched this package of keys within seven days, and it is gone: propose the export anew',
  ),
  erased: entry(410, '该内容已按保存期限清除', 'This was erased at the end of its retention'),
  'original-damaged': entry(
    409,
    '已存原件与上传时不符，无法提供；已记入审计，请联系运维人员从备份恢复',
    'The stored original is not what was uploaded and is not handed out; the audit has it: have your operator restore it from a backup',
  ),
  'original-missing': entry(
    409,
    '已存原件缺失；已记入审计，请联系运维人员检查存储或从备份恢复',
    'The stored original is not there; the audit has it: have your operator look at the store, or restore it from a backup',
  ),
  'picture-damaged': entry(
    409,
    '该页面图像已损坏或缺失，请查看原件',
    'The picture of this page is damaged or not there: look at the original',
  ),
  'retention-outdated': entry(
    409,
    '保存期限规则已被他人更新，请刷新后再保存',
    'Other retention rules were set meanwhile; reload, compare and set them again',
  ),
  'consent-policy-outdated': entry(
    409,
    '同意与授权规则已被他人更新，请刷新后再保存',
    'Another policy of consent was set meanwhile; reload, compare and set it again',
  ),
  'tenant-name-differs': entry(422, '所填名称与本租户名称不符', 'The name that was typed is not the name of this tenant'),
  'subject-request-state': entry(409, '该请求当前状态不允许此操作', 'The state of this request does not allow this'),
  'subject-export-expired': entry(410, '导出文件已过期清除，请重新导出', 'The files of this export have expired: export again'),
  'hold-released': entry(409, '该法律保留已解除', 'This legal hold was released already'),
  'sign-in-refused': entry(
    401,
    '登录名或密码不正确，或账号暂不可用',
    'Login or password is wrong, or the account cannot be used at the moment',
  ),
  'sign-in-source-unavailable': entry(
    503,
    '统一身份认证暂不可用，请稍后再试或使用本地账号登录',
    'The identity provider or directory is not available right now: try again later, or sign in with a local account',
  ),
  'proof-refused': entry(403, '密码或验证码不正确，或尝试次数过多', 'Password or code is wrong, or there were too many tries'),
  'csrf-refused': entry(
    403,
    '请求缺少有效的防伪令牌或来源不符，请刷新页面后重试',
    'The request has no valid anti-forgery token or comes from elsewhere; reload the page and try again',
  ),
  'session-restricted': entry(403, '须先修改密码或启用两步验证', 'Change the password or enrol a second factor first'),
  'recent-proof-needed': entry(403, '此操作须再次验证身份', 'Prove again who you are before this action'),
  'own-account': entry(403, '不能对本人账号执行此操作', 'This cannot be done to one’s own account'),
  'another-person-needed': entry(
    403,
    '同一人不得先后重置同一账号的密码与两步验证，须由他人或运维人员办理',
    'Nobody resets both password and second factor of one account: another person or the operator must do it',
  ),
  'login-taken': entry(409, '该登录名已被使用', 'This login is taken'),
  'roles-exclusive': entry(
    422,
    '管理员角色互斥，且不能与其他角色兼任（三权分立）',
    'An administrator’s role stands alone: it cannot be held with any other',
  ),
  'user-external': entry(409, '该用户由外部身份源管理，没有本地密码', 'This user comes from another source and has no password here'),
  'password-unacceptable': entry(422, '新密码不符合要求', 'The new password does not meet the rules'),
  'second-factor-enrolled': entry(409, '已启用两步验证', 'There is a second factor already'),
  'second-factor-missing': entry(409, '尚未启用两步验证', 'There is no second factor'),
  'department-taken': entry(409, '同级已有同名部门', 'There is a department of this name beside it'),
  'department-place': entry(422, '部门不存在，或不能置于该上级之下', 'There is no such department, or it cannot stand there'),
  'malware-found': entry(422, '文件含有恶意代码，已拒绝并记入审计', 'The file holds malware: it was refused, and the audit has it'),
  'scanner-unavailable': entry(
    503,
    '恶意代码扫描服务暂不可用，文件未被接收或提供，请稍后再试',
    'The malware scanner is not available: nothing was taken or handed out; try again later',
  ),
  'quota-exceeded': entry(
    429,
    '已达到本机构的配额上限，请稍后再试或联系运维人员',
    'A quota of this institution is used up: try again later, or ask your operator',
  ),
  'storage-quota-exceeded': entry(
    507,
    '本租户的原件存储配额已用完，请清理到期原件或联系运维人员',
    'The storage quota of this tenant is used up: it is free again when originals are erased or the operator raises it',
  ),
  'sign-in-policy-stale': entry(
    409,
    '登录规则已被他人更改,请重新查看',
    'The rules for signing in were changed meanwhile; look at them again',
  ),
  'sign-in-policy-own-address': entry(422, '按此规则您当前的地址将无法登录', 'With these rules you could not sign in from where you are'),
  'proxy-required': entry(403, '此端口只接受前置代理的 TLS 请求', 'This port answers the proxy that ends TLS, and nobody else'),
  'rate-limited': entry(429, '请求过于频繁,请稍后再试', 'Too many requests, try again later'),
  'internal-error': entry(500, '内部错误,请将编号告知运维人员', 'Internal error; give the id to your operator'),
  unavailable: entry(503, '服务暂不可用,请稍后再试', 'The service is not available right now, try again later'),
} as const satisfies Record<string, { status: number; message: LocalizedText }>;
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 problem details. `id` stands in the log line too: a teller reads it out, the operator finds the line. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  message: LocalizedText,
  /** The offending field, as a dotted path of the request. */
  field: z.string().nullable(),
  errors: z.array(z.strictObject({ field: z.string(), message: z.string() })),
  id: z.string(),
});
export type Problem = z.infer<typeof Problem>;

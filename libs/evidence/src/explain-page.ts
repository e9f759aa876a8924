import type { AuditSuiteName } from '@app/audit';
import type { PackFacts } from './sign-pack';

const CHECK: Readonly<Record<AuditSuiteName, string>> = {
  standard: 'openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.sig',
  sm: 'openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -digest sm3 -pkeyopt distid:1234567812345678 -in manifest.json -sigfile manifest.sig',
};

/** A page for people, in Chinese and English: what the file is, and how to check it with tools that everybody has. */
export function explainPage({ bill, madeAt, madeBy, tenantId }: PackFacts, suite: AuditSuiteName, keyId: string): string {
  const facts = [
    ['票据代码 Bill code', bill.billCode],
    ['票据号码 Bill number', bill.billNumber],
    ['租户 Tenant', tenantId],
    ['制作时间 Made at (UTC)', madeAt],
    ['制作人 Made by', `${madeBy.name} (${madeBy.type})`],
    ['签名算法 Signature', suite === 'sm' ? 'SM2-SM3, ID 1234567812345678' : 'Ed25519'],
    ['公钥标识 Key id', keyId],
  ].map(([name = '', value = '']) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>票据证据包 Evidence of a bill</title></head><body>
<h1>票据证据包 Evidence of a bill</h1>
<table>${facts.join('')}</table>
<h2>内容</h2>
<ul>
<li>originals/ 上传的原件，逐字节未改动；receipts.json 其哈希、识别结果与人工更正</li>
<li>bill.json 台账记录；verifications.json 每次查验与调用；replies/ 查验渠道的原始应答；charges.json 计费</li>
<li>processing-basis.json 上传与查验时填写的同意书编号（授权依据）与处理目的</li>
<li>rules.json 制作时的判定规则（receipts.json、verifications.json 中的 rulesVersion 为判定当时的版本）与当时的租户规则（policyVersion）</li>
<li>audit.json 有关审计记录，附其在已签名区段中的默克尔证明（RFC 6962）；proof 为 null 的记录在制作时尚未封存</li>
<li>manifest.json 各文件的 SHA-256；manifest.sig 其签名；public-key.pem 公钥；sha256sums 供下述命令使用</li>
</ul>
<h2>如何核验</h2>
<ol>
<li>解压后运行 <code>sha256sum -c sha256sums</code>：文件未被改动。</li>
<li>运行 <code>${escaped(CHECK[suite])}</code>：清单由该公钥签名；清单列有 sha256sums 的哈希（<code>sha256sum sha256sums</code>）。</li>
<li>将公钥与机构此前交付的公钥核对：包内公钥只能证明其自身。</li>
<li>审计证明：<code>piaoyan evidence verify FILE --key KEY.pem --audit-key AUDIT.pem</code>，可在任何机器上离线运行。</li>
</ol>
<h2>Content</h2>
<ul>
<li>originals/ the uploaded documents, byte for byte; receipts.json their hashes, what was read, and what people corrected</li>
<li>bill.json the ledger; verifications.json each verification with its calls; replies/ the provider's replies as they came; charges.json what calls cost</li>
<li>processing-basis.json consent references and purposes of processing, as they were given</li>
<li>rules.json the rules as they stood when this was made (rulesVersion in receipts.json and verifications.json is the version that decided), and the tenant's own that decided (policyVersion)</li>
<li>audit.json the entries of the audit about all this, each with its Merkle path (RFC 6962) into a signed segment; one whose proof is null was not sealed yet</li>
<li>manifest.json the SHA-256 of every file; manifest.sig its signature; public-key.pem the key; sha256sums for the command below</li>
</ul>
<h2>How to check</h2>
<ol>
<li>Unpack and run <code>sha256sum -c sha256sums</code>: no file was changed.</li>
<li>Run <code>${escaped(CHECK[suite])}</code>: the manifest was signed with this key; it names the hash of sha256sums (<code>sha256sum sha256sums</code>).</li>
<li>Compare the key with the one that the institution handed over before: a key in the pack vouches for itself alone.</li>
<li>Proofs of the audit: <code>piaoyan evidence verify FILE --key KEY.pem --audit-key AUDIT.pem</code>, on any machine, offline.</li>
</ol>
</body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

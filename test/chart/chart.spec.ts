import { CHART, MINIMAL_VALUES, helm, template } from './helm';
import { names, render } from './manifests';

describe('the chart', () => {
  it('passes helm lint', () => {
    const { status, stdout } = helm('lint', CHART, '--strict', '--values', MINIMAL_VALUES);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('0 chart(s) failed') as string });
  });

  it('renders the same bytes twice', () => {
    expect(template().stdout).toBe(template().stdout);
  });

  it('makes no Secret, because a secret made in a template changes with every render', () => {
    expect(names(render()).filter((name) => name.startsWith('Secret/'))).toEqual([]);
  });

  it('gives each object a name of its own', () => {
    const all = names(render('ingress.enabled=true', 'ingress.host=a.example', 'ingress.tlsSecret=tls'));
    expect(new Set(all).size).toBe(all.length);
  });

  it('keeps names within 63 characters under a long release name', () => {
    const { stdout, status } = helm('template', 'a-release-name-as-long-as-helm-allows-it-to-be-53-ch', CHART, '--values', MINIMAL_VALUES);
    expect(status).toBe(0);
    for (const [, name = ''] of stdout.matchAll(/^ {2}name: (\S+)$/gm)) expect(name.length).toBeLessThanOrEqual(63);
  });

  it('refuses a Kubernetes older than its bound', () => {
    const { status, stderr } = template([], ['--kube-version', '1.29.0']);
    expect(status).not.toBe(0);
    expect(stderr).toContain('>= 1.30.0-0');
  });
});

describe('values', () => {
  it.each([
    ['an unknown key', 'api.replica=3', /replica/],
    ['an unknown key at the top', 'apii.replicas=3', /apii/],
    ['an unknown key in a peer', 'networkPolicy.database.to[0].ipBlok.cidr=10.0.0.1/32', /networkPolicy/],
    ['a string for a number', 'api.replicas=many', /replicas/],
    ['no replica', 'worker.replicas=0', /replicas/],
    ['a second egress pod', 'egress.replicas=2', /egress\/replicas/],
    ['an unknown log level', 'logLevel=verbose', /logLevel/],
    ['an unknown queue', 'worker.queues={receipt.shred}', /queues/],
    ['a digest that is none', 'image.digest=latest', /digest/],
    ['no resolver, which would mean every address', 'networkPolicy.dns.to=null', /networkPolicy.dns.to/],
    ['a namespace selector that selects all', 'networkPolicy.database.to[0].namespaceSelector.matchLabels=null', /networkPolicy/],
  ])('refuses %s', (_what, pair, message) => {
    const { status, stderr } = template([pair]);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(message);
  });

  it.each([
    ['database.api.existingSecret=', 'database.api.existingSecret'],
    ['database.worker.existingSecret=', 'database.worker.existingSecret'],
    ['database.owner.existingSecret=', 'database.owner.existingSecret'],
    ['hashKey.existingSecret=', 'hashKey.existingSecret'],
    ['worker.egressTls.existingSecret=', 'worker.egressTls.existingSecret'],
    ['egress.tls.existingSecret=', 'egress.tls.existingSecret'],
    ['egress.providers.existingSecret=', 'egress.providers.existingSecret'],
    ['networkPolicy.database.to=', 'networkPolicy.database.to'],
    ['networkPolicy.database.to[0].ipBlock.cidr=0.0.0.0/0', 'wider than /24'],
    ['networkPolicy.egress.to[0].cidr=0.0.0.0/0', 'wider than /16'],
    ['networkPolicy.egress.to[0].cidr=::/0', 'wider than /32'],
    ['webhooks.targets=https://erp.bank.example', 'webhooks.cidrs'],
    ['siem.url=tls://siem.bank.example', 'siem.cidrs'],
  ])('stops at %s and names it', (pair, message) => {
    const { status, stderr } = template([], ['--set-json', setJson(pair)]);
    expect(status).not.toBe(0);
    expect(stderr).toContain(message);
  });
});

/** `a.b=` empties a value: a list where the chart has a list, else a string. */
function setJson(pair: string): string {
  const [key = '', value = ''] = pair.split(/=(.*)/s);
  return `${key}=${key.endsWith('.to') ? '[]' : JSON.stringify(value)}`;
}

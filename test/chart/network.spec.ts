import { names, pods, policiesFor, render, renderJson, type Manifest, type Policy } from './manifests';

const RESOLVER = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};
const DNS = {
  to: [RESOLVER],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
const DATABASE = { to: [{ ipBlock: { cidr: '10.20.0.15/32' } }], ports: [{ protocol: 'TCP', port: 5432 }] };
const PROVIDER = { to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ protocol: 'TCP', port: 443 }] };
const podsOf = (component: string) => ({
  podSelector: {
    matchLabels: { 'app.kubernetes.io/name': 'piaoyan', 'app.kubernetes.io/instance': 'bank', 'app.kubernetes.io/component': component },
  },
});

/** What each process may open, in full. */
const MAY_OPEN: Record<string, Policy['egress']> = {
  api: [DATABASE, DNS],
  worker: [DATABASE, { to: [podsOf('egress')], ports: [{ protocol: 'TCP', port: 'https' }] }, DNS],
  egress: [PROVIDER, DNS],
  migration: [DATABASE, DNS],
  cli: [DATABASE, DNS],
};

/** Who may open a connection to each process, in full. */
const MAY_BE_REACHED_BY: Record<string, Policy['ingress']> = {
  api: [
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
      ports: [{ protocol: 'TCP', port: 'http' }],
    },
  ],
  worker: [],
  egress: [{ from: [podsOf('worker')], ports: [{ protocol: 'TCP', port: 'https' }] }],
  migration: [],
  cli: [],
};

describe('network policies', () => {
  const manifests = render('commandLine.enabled=true');

  it.each(pods(manifests))('give $component exactly its own connections', ({ component, labels }) => {
    const policies = policiesFor(manifests, labels);
    expect(policies.flatMap(({ egress }) => egress)).toEqual(MAY_OPEN[component]);
    expect(policies.flatMap(({ ingress }) => ingress)).toEqual(MAY_BE_REACHED_BY[component]);
  });

  it.each(pods(manifests))('deny $component both directions before anything is allowed', ({ labels }) => {
    for (const { policyTypes } of policiesFor(manifests, labels)) expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(policiesFor(manifests, labels).length).toBeGreaterThanOrEqual(2);
  });

  it('let egress, and no other pod, out of the namespace', () => {
    const inside = renderJson('networkPolicy.database.to=[{"podSelector":{"matchLabels":{"app":"postgres"}}}]');
    expect(componentsThatLeave(inside)).toEqual(['egress']);
  });

  it('let a pod of its own out to the named receivers of webhooks, and change nobody else', () => {
    const open = withWebhooks('[{"cidr":"10.20.0.0/24","ports":[443,8443]},{"cidr":"fd00:20::/48","ports":[443]}]');
    const receivers = [
      { to: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [443, 8443].map((port) => ({ protocol: 'TCP', port })) },
      { to: [{ ipBlock: { cidr: 'fd00:20::/48' } }], ports: [{ protocol: 'TCP', port: 443 }] },
    ];
    const mayOpen: Record<string, Policy['egress']> = { ...MAY_OPEN, webhooks: [DATABASE, ...receivers, DNS] };
    const opened = pods(open).map(({ component, labels }) => [component, policiesFor(open, labels).flatMap(({ egress }) => egress)]);
    const expected = ['api', 'egress', 'migration', 'webhooks', 'worker'] as const;
    expect(Object.fromEntries(opened)).toEqual(Object.fromEntries(expected.map((component) => [component, mayOpen[component]])));
    expect(pods(open).filter(({ component }) => component === 'webhooks')).toHaveLength(1);
  });

  it('let the api out to the providers and directories that are named, and nobody else', () => {
    const open = withSources('[{"cidr":"10.30.0.7/32","ports":[443]},{"cidr":"10.30.1.0/24","ports":[636,389]}]');
    const sources = [
      { to: [{ ipBlock: { cidr: '10.30.0.7/32' } }], ports: [{ protocol: 'TCP', port: 443 }] },
      { to: [{ ipBlock: { cidr: '10.30.1.0/24' } }], ports: [636, 389].map((port) => ({ protocol: 'TCP', port })) },
    ];
    const mayOpen: Record<string, Policy['egress']> = { ...MAY_OPEN, api: [DATABASE, ...sources, DNS] };
    for (const { component, labels } of pods(open)) {
      expect(policiesFor(open, labels).flatMap(({ egress }) => egress)).toEqual(mayOpen[component]);
    }
  });

  it('stop at providers and directories that could be anywhere', () => {
    expect(() => withSources('[{"cidr":"10.0.0.0/8","ports":[636]}]')).toThrow('wider than /24');
    expect(() => withSources('[]')).toThrow('api.signIn.cidrs: say at which addresses');
  });

  it('let api out to the malware scanner where there is one, and nobody else', () => {
    const to = (cidrs: string): Manifest[] =>
      renderJson('api.malware.clamdUrl="tcp://clamd.bank.example:3310"', `api.malware.cidrs=${cidrs}`);
    const open = to('[{"cidr":"10.30.0.8/32","ports":[3310]}]');
    const scanner = { to: [{ ipBlock: { cidr: '10.30.0.8/32' } }], ports: [{ protocol: 'TCP', port: 3310 }] };
    const mayOpen: Record<string, Policy['egress']> = { ...MAY_OPEN, api: [DATABASE, scanner, DNS] };
    for (const { component, labels } of pods(open)) {
      expect(policiesFor(open, labels).flatMap(({ egress }) => egress)).toEqual(mayOpen[component]);
    }
    expect(() => to('[{"cidr":"10.0.0.0/8","ports":[3310]}]')).toThrow('wider than /24');
    expect(() => to('[]')).toThrow('api.malware.cidrs: say at which address');
  });

  it('let a pod of its own out to the SIEM, and change nobody else', () => {
    const open = renderJson('siem.url="tls://siem.bank.example"', 'siem.cidrs=[{"cidr":"10.20.0.9/32","ports":[6514]}]');
    const siem = { to: [{ ipBlock: { cidr: '10.20.0.9/32' } }], ports: [{ protocol: 'TCP', port: 6514 }] };
    const opened = pods(open).map(({ component, labels }) => [component, policiesFor(open, labels).flatMap(({ egress }) => egress)]);
    const { api, egress, migration, worker } = MAY_OPEN;
    expect(Object.fromEntries(opened)).toEqual({ api, egress, migration, worker, siem: [DATABASE, siem, DNS] });
    expect(() => renderJson('siem.url="tls://siem.bank.example"', 'siem.cidrs=[{"cidr":"10.0.0.0/8","ports":[6514]}]')).toThrow(
      'wider than /24',
    );
  });

  it('stop at receivers of webhooks that could be anywhere', () => {
    expect(() => withWebhooks('[{"cidr":"0.0.0.0/0","ports":[443]}]')).toThrow('wider than /16');
    expect(() => withWebhooks('[]')).toThrow('webhooks.cidrs: say at which addresses');
  });

  it('allow nobody at all to reach the api when nobody is named', () => {
    const closed = render('networkPolicy.api.from=null');
    const api = pods(closed).find(({ component }) => component === 'api')!;
    expect(policiesFor(closed, api.labels).flatMap(({ ingress }) => ingress)).toEqual([]);
  });

  it('let the named scraper in to the ports of metrics alone, and nobody where none is named', () => {
    const scraped = (from: string) => renderJson('metrics.enabled=true', `networkPolicy.metrics.from=${from}`);
    const prometheus = { namespaceSelector: { matchLabels: { name: 'monitoring' } }, podSelector: { matchLabels: { app: 'prometheus' } } };
    const open = scraped(JSON.stringify([prometheus]));
    const ports: Record<string, string> = { api: 'metrics', worker: 'health', egress: 'health' };
    for (const { component, labels, spec } of pods(open)) {
      const port = ports[component];
      const added = port === undefined ? [] : [{ from: [prometheus], ports: [{ protocol: 'TCP', port }] }];
      expect(policiesFor(open, labels).flatMap(({ ingress }) => ingress)).toEqual([...(MAY_BE_REACHED_BY[component] ?? []), ...added]);
      if (port !== undefined) expect(spec.containers[0]!.ports.map(({ name }) => name)).toContain(port);
    }
    const closed = scraped('[]');
    for (const { component, labels } of pods(closed))
      expect(policiesFor(closed, labels).flatMap(({ ingress }) => ingress)).toEqual(MAY_BE_REACHED_BY[component]);
    expect(() => scraped('[{"ipBlock":{"cidr":"10.0.0.0/8"}}]')).toThrow('networkPolicy.metrics.from: 10.0.0.0/8 is wider than /24');
    const both = renderJson(
      'metrics.enabled=true',
      `networkPolicy.metrics.from=${JSON.stringify([prometheus])}`,
      ...['webhooks.targets="https://erp.bank.example"', 'webhooks.cidrs=[{"cidr":"10.20.0.7/32","ports":[443]}]'],
      ...['siem.url="tls://siem.bank.example"', 'siem.cidrs=[{"cidr":"10.20.0.9/32","ports":[6514]}]'],
    );
    const reached = pods(both).filter(({ labels }) => JSON.stringify(policiesFor(both, labels)).includes('prometheus'));
    expect(reached.map(({ component }) => component).sort()).toEqual(['api', 'egress', 'siem', 'webhooks', 'worker']);
  });

  it('never have a rule without peers, which would mean every address', () => {
    const rules = pods(manifests).flatMap(({ labels }) =>
      policiesFor(manifests, labels).flatMap(({ ingress, egress }) => [...ingress, ...egress]),
    );
    for (const { to, from, ports } of rules) expect([(to ?? from ?? []).length > 0, ports.length > 0]).toEqual([true, true]);
  });

  it('go only with the value that says what is lost', () => {
    const open = names(render('networkPolicy.offSoThatEveryPodCanSendAnywhere=true'));
    expect(open.filter((name) => name.startsWith('NetworkPolicy/'))).toEqual([]);
  });
});

function withSources(cidrs: string): Manifest[] {
  return renderJson('api.signIn.existingSecret="sign-in"', `api.signIn.cidrs=${cidrs}`);
}

function withWebhooks(cidrs: string): Manifest[] {
  return renderJson('webhooks.targets="https://*.bank.example:8443,10.20.0.0/24"', `webhooks.cidrs=${cidrs}`);
}

/** The components with a rule whose peers are neither pods of this namespace nor the cluster's resolver. */
function componentsThatLeave(manifests: Manifest[]): string[] {
  return pods(manifests)
    .filter(({ labels }) =>
      policiesFor(manifests, labels)
        .flatMap(({ egress }) => egress.flatMap(({ to }) => to ?? []))
        .some((peer) => JSON.stringify(peer) !== JSON.stringify(RESOLVER) && !isPodOfThisNamespace(peer)),
    )
    .map(({ component }) => component);
}

function isPodOfThisNamespace(peer: unknown): boolean {
  return typeof peer === 'object' && peer !== null && Object.keys(peer).join() === 'podSelector';
}

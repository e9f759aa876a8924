import { find, names, render } from './manifests';

const INGRESS = ['ingress.enabled=true', 'ingress.host=piaoyan.bank.example', 'ingress.tlsSecret=console-tls'];

const WEBHOOKS = ['webhooks.targets=https://erp.bank.example', 'webhooks.cidrs[0].cidr=10.20.0.7/32', 'webhooks.cidrs[0].ports[0]=443'];
const SIEM = ['siem.url=tls://siem.bank.example:6514', 'siem.cidrs[0].cidr=10.20.0.9/32', 'siem.cidrs[0].ports[0]=6514'];

/** Objects that are not always there: which, what makes them appear, what makes them go. */
const OPTIONAL = [
  { object: 'Ingress/bank-piaoyan', off: [], on: INGRESS },
  { object: 'Ingress/bank-piaoyan-quiet', off: [], on: INGRESS },
  { object: 'Deployment/bank-piaoyan-cli', off: [], on: ['commandLine.enabled=true'] },
  { object: 'NetworkPolicy/bank-piaoyan-cli', off: [], on: ['commandLine.enabled=true'] },
  { object: 'Deployment/bank-piaoyan-webhooks', off: [], on: WEBHOOKS },
  { object: 'ConfigMap/bank-piaoyan-webhooks', off: [], on: WEBHOOKS },
  { object: 'NetworkPolicy/bank-piaoyan-webhooks', off: [], on: WEBHOOKS },
  { object: 'Deployment/bank-piaoyan-siem', off: [], on: SIEM },
  { object: 'ConfigMap/bank-piaoyan-siem', off: [], on: SIEM },
  { object: 'NetworkPolicy/bank-piaoyan-siem', off: [], on: SIEM },
  { object: 'HorizontalPodAutoscaler/bank-piaoyan-api', off: [], on: ['api.autoscaling.enabled=true'] },
  { object: 'HorizontalPodAutoscaler/bank-piaoyan-worker', off: [], on: ['worker.autoscaling.enabled=true'] },
  { object: 'PodDisruptionBudget/bank-piaoyan-api', off: ['api.replicas=1'], on: ['api.replicas=2'] },
  { object: 'PodDisruptionBudget/bank-piaoyan-worker', off: ['worker.replicas=1'], on: ['worker.replicas=3'] },
  {
    object: 'PodDisruptionBudget/bank-piaoyan-worker',
    off: ['worker.autoscaling.enabled=true', 'worker.autoscaling.minReplicas=1'],
    on: ['worker.autoscaling.enabled=true', 'worker.replicas=1'],
  },
  { object: 'PodMonitor/bank-piaoyan', off: ['metrics.enabled=true'], on: ['metrics.enabled=true', 'metrics.podMonitor.enabled=true'] },
  { object: 'PersistentVolumeClaim/bank-piaoyan-storage', off: ['storage.existingClaim=receipts'], on: [] },
  { object: 'Job/bank-piaoyan-migration', off: ['migration.enabled=false'], on: [] },
  { object: 'NetworkPolicy/bank-piaoyan-migration', off: ['migration.enabled=false'], on: [] },
];

describe('optional objects', () => {
  it.each(OPTIONAL)('$object is absent with $off and there with $on', ({ object, off, on }) => {
    expect(names(render(...off))).not.toContain(object);
    expect(names(render(...on))).toContain(object);
  });

  it('never lets a budget guard the single egress pod, which would block the draining of its node', () => {
    expect(names(render())).not.toContain('PodDisruptionBudget/bank-piaoyan-egress');
  });
});

describe('the path that may be called with a bill in its query string', () => {
  it('is left out of the access log of ingress-nginx, whatever else is said of the ingress', () => {
    const proxyBody = 'ingress.annotations.nginx\\.ingress\\.kubernetes\\.io/proxy-body-size=20m';
    const manifests = render(...INGRESS, proxyBody);
    const ingress = find(manifests, 'Ingress', 'bank-piaoyan-quiet');
    expect(ingress.metadata.annotations).toEqual({
      'nginx.ingress.kubernetes.io/enable-access-log': 'false',
      'nginx.ingress.kubernetes.io/proxy-body-size': '20m',
    });
    expect(JSON.stringify(ingress.spec)).toContain('"path":"/invoice/"');
    expect(find(manifests, 'Ingress', 'bank-piaoyan').metadata.annotations).not.toHaveProperty(
      'nginx.ingress.kubernetes.io/enable-access-log',
    );
  });
});

describe('a workload that scales by itself', () => {
  it('names no number of replicas, which each upgrade would put back', () => {
    const manifests = render('api.autoscaling.enabled=true');
    expect(find(manifests, 'Deployment', 'bank-piaoyan-api').spec).not.toHaveProperty('replicas');
    expect(find(manifests, 'Deployment', 'bank-piaoyan-worker').spec).toHaveProperty('replicas', 2);
  });

  it('refuses a minimum above its maximum', () => {
    expect(() => render('api.autoscaling.enabled=true', 'api.autoscaling.minReplicas=9')).toThrow('api.autoscaling: minReplicas is above');
  });
});

describe('what must outlive the release', () => {
  it('keeps the originals when the release is removed', () => {
    const claim = find(render(), 'PersistentVolumeClaim', 'bank-piaoyan-storage');
    expect(claim.metadata.annotations).toMatchObject({ 'helm.sh/resource-policy': 'keep' });
  });

  it('keeps the journal of egress, without which a call could be paid twice', () => {
    const egress = find(render(), 'StatefulSet', 'bank-piaoyan-egress');
    expect(egress.spec).toMatchObject({
      replicas: 1,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    });
  });
});

describe('the migration', () => {
  it('runs before install and upgrade, within a deadline, after its own policy', () => {
    const manifests = render();
    const job = find(manifests, 'Job', 'bank-piaoyan-migration');
    const policy = find(manifests, 'NetworkPolicy', 'bank-piaoyan-migration');
    expect(job.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
    expect(job.spec).toMatchObject({ activeDeadlineSeconds: 900, backoffLimit: 3 });
    expect(Number(policy.metadata.annotations?.['helm.sh/hook-weight'])).toBeLessThan(
      Number(job.metadata.annotations?.['helm.sh/hook-weight']),
    );
  });
});

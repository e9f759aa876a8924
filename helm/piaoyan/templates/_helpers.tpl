{{- define "piaoyan.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 48 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* What a Deployment selects its pods by: must never change between releases. Takes { root, component }. */ -}}
{{- define "piaoyan.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "piaoyan.labels" -}}
{{ include "piaoyan.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "piaoyan.image" -}}
{{- $registry := trimSuffix "/" .Values.global.imageRegistry -}}
{{- $name := ternary .Values.image.repository (printf "%s/%s" $registry .Values.image.repository) (empty $registry) -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $name .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- /*
What every pod has in common. Service links are off because Kubernetes would inject PIAOYAN_API_PORT=tcp://… and its like for
the release's own Services: names with our prefix that are nobody's setting.
*/ -}}
{{- define "piaoyan.pod" -}}
serviceAccountName: {{ .root.Values.serviceAccount.name }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- /* Where pods may run: the three fields of a workload's values that Kubernetes takes as they are. */ -}}
{{- define "piaoyan.placement" -}}
{{- $fields := dict -}}
{{- range $name := list "nodeSelector" "tolerations" "priorityClassName" -}}
{{- with get $ $name }}{{ $_ := set $fields $name . }}{{ end -}}
{{- end -}}
{{- if $fields }}{{ toYaml $fields }}{{ end -}}
{{- end -}}

{{- define "piaoyan.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "piaoyan.selector" . | nindent 8 }}
{{- end -}}

{{- /* Image, command (a program for node and its arguments) and the restricted profile of one container. Takes { root, run }. */ -}}
{{- define "piaoyan.container" -}}
image: {{ include "piaoyan.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
command: {{ concat (list "node") .run | toJson }}
securityContext:
  runAsNonRoot: true
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
  seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- /* Startup covers the warm-up; liveness asks nobody but the process; readiness asks its dependencies. Takes { port, startupSeconds }. */ -}}
{{- define "piaoyan.probes" -}}
startupProbe:
  httpGet: { path: /health/startup, port: {{ .port }} }
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: {{ div .startupSeconds 5 }}
livenessProbe:
  httpGet: { path: /health/live, port: {{ .port }} }
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /health/ready, port: {{ .port }} }
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}

{{- /* One key of an existing Secret as a read-only file. Takes { volume, secret, items: { key: file } }. */ -}}
{{- define "piaoyan.secretVolume" -}}
- name: {{ .volume }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 288 # 0440: readable by the pod's group, that is by uid 10001
    items:
      {{- range $key, $file := .items }}
      - { key: {{ $key | quote }}, path: {{ $file }} }
      {{- end }}
{{- end -}}

{{- /* The keys of a database Secret and the files they become. */ -}}
{{- define "piaoyan.databaseFiles" -}}
{{ .key }}: url
{{- with .root.Values.database.caKey }}
{{ . }}: ca.crt
{{- end }}
{{- end -}}

{{- define "piaoyan.tmpVolume" -}}
- name: tmp
  emptyDir: { sizeLimit: {{ . }} }
{{- end -}}

{{- /* Fails the render when a block of addresses is so wide that allowing it would open the network. Takes { value, cidr, least4, least6 }. */ -}}
{{- define "piaoyan.cidr" -}}
{{- $prefix := regexFind "[0-9]+$" .cidr | int -}}
{{- $least := ternary .least6 .least4 (contains ":" .cidr) | int -}}
{{- if lt $prefix $least -}}
{{- fail (printf "%s: %s is wider than /%d; name the addresses that are really needed" .value .cidr $least) -}}
{{- end -}}
{{- .cidr -}}
{{- end -}}

{{- /* Whether a workload can lose a pod and stay up. Takes its values. */ -}}
{{- define "piaoyan.hasSpare" -}}
{{- if gt (int (ternary .autoscaling.minReplicas .replicas .autoscaling.enabled)) 1 }}true{{ end -}}
{{- end -}}

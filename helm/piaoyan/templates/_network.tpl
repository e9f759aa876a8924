{{- /* In all these rules: a rule without peers would mean "to anywhere", so an empty list must stop the render. */ -}}

{{- define "piaoyan.dnsRule" -}}
{{- if not .Values.networkPolicy.dns.to -}}
{{- fail "networkPolicy.dns.to: say where the cluster's resolver is" -}}
{{- end -}}
- to: {{- toYaml .Values.networkPolicy.dns.to | nindent 4 }}
  ports:
    - { protocol: UDP, port: 53 }
    - { protocol: TCP, port: 53 }
{{- end -}}

{{- define "piaoyan.databaseRule" -}}
{{- with .Values.networkPolicy.database -}}
{{- if not .to -}}
{{- fail "networkPolicy.database.to: say where PostgreSQL is" -}}
{{- end -}}
- to:
    {{- range .to }}
    {{- with .ipBlock }}{{- $_ := include "piaoyan.cidr" (dict "value" "networkPolicy.database.to" "cidr" .cidr "least4" 24 "least6" 64) }}{{- end }}
    - {{ toYaml . | nindent 6 | trim }}
    {{- end }}
  ports:
    - { protocol: TCP, port: {{ .port }} }
{{- end -}}
{{- end -}}

{{- define "piaoyan.policyHead" -}}
podSelector:
  matchLabels: {{- include "piaoyan.selector" . | nindent 4 }}
policyTypes: [Ingress, Egress]
{{- end -}}

{{- /* Targets without addresses would be allowed by the process and stopped by the network. */ -}}
{{- define "piaoyan.webhookRules" -}}
{{- if not .Values.webhooks.cidrs -}}
{{- fail "webhooks.cidrs: say at which addresses the receivers of webhooks are" -}}
{{- end -}}
{{- range .Values.webhooks.cidrs }}
- to:
    - ipBlock: { cidr: {{ include "piaoyan.cidr" (dict "value" "webhooks.cidrs" "cidr" .cidr "least4" 16 "least6" 32) }} }
  ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end }}
{{- end -}}

{{- define "piaoyan.siemRules" -}}
{{- if not .Values.siem.cidrs -}}
{{- fail "siem.cidrs: say at which address the SIEM is" -}}
{{- end -}}
{{- range .Values.siem.cidrs }}
- to:
    - ipBlock: { cidr: {{ include "piaoyan.cidr" (dict "value" "siem.cidrs" "cidr" .cidr "least4" 24 "least6" 64) }} }
  ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end }}
{{- end -}}

{{- /* Originals go to the scanner, so it is in the bank's own zone, no wider than the database's. */ -}}
{{- define "piaoyan.malwareRules" -}}
{{- with .Values.api.malware -}}
{{- if hasPrefix "unix:" .clamdUrl -}}
{{- if not .socketFolder -}}
{{- fail "api.malware.socketFolder: name the folder on the nodes that holds the scanner's socket" -}}
{{- end -}}
{{- else if ne .clamdUrl "none" -}}
{{- if not .cidrs -}}
{{- fail "api.malware.cidrs: say at which address the malware scanner is" -}}
{{- end -}}
{{- range $at, $destination := .cidrs }}
{{- if $at }}
{{ end -}}
- to:
    - ipBlock: { cidr: {{ include "piaoyan.cidr" (dict "value" "api.malware.cidrs" "cidr" .cidr "least4" 24 "least6" 64) }} }
  ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Where the bank proves its people: its own addresses, so no wider than the database's. */ -}}
{{- define "piaoyan.signInRules" -}}
{{- with .Values.api.signIn -}}
{{- if .existingSecret -}}
{{- if not .cidrs -}}
{{- fail "api.signIn.cidrs: say at which addresses the providers and directories are" -}}
{{- end -}}
{{- range $at, $destination := .cidrs }}
{{- if $at }}
{{ end -}}
- to:
    - ipBlock: { cidr: {{ include "piaoyan.cidr" (dict "value" "api.signIn.cidrs" "cidr" .cidr "least4" 24 "least6" 64) }} }
  ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

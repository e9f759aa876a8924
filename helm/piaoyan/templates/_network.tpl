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

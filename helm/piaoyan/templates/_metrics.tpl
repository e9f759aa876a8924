{{- /* Annotations by which a Prometheus finds a pod. Takes { root, port }. */ -}}
{{- define "piaoyan.scrape" -}}
{{- with .root.Values.metrics -}}
{{- if and .enabled .annotations -}}
prometheus.io/scrape: 'true'
prometheus.io/port: '{{ $.port }}'
prometheus.io/path: /metrics
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Lets the named scrapers in to the port that tells metrics. Takes { root, port }. */ -}}
{{- define "piaoyan.scraperRule" -}}
{{- if and .root.Values.metrics.enabled .root.Values.networkPolicy.metrics.from -}}
- from:
    {{- range .root.Values.networkPolicy.metrics.from }}
    {{- with .ipBlock }}{{- $_ := include "piaoyan.cidr" (dict "value" "networkPolicy.metrics.from" "cidr" .cidr "least4" 24 "least6" 64) }}{{- end }}
    - {{ toYaml . | nindent 6 | trim }}
    {{- end }}
  ports:
    - { protocol: TCP, port: {{ .port }} }
{{- end -}}
{{- end -}}

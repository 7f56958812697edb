{{/* What is the rate limit's own: leases, models and tokenizers, and the place of envoyproxy/ratelimit. */}}
{{- define "gatehouse-ratelimit.own" -}}
variables:
  GATEHOUSE_REDIS_REPLICAS: {{ .v.sharingReplicas | default (ternary .v.autoscaling.minReplicas .v.replicas .v.autoscaling.enabled) }}
  GATEHOUSE_LEASES_SHARE: {{ .v.leases.share | toJson }}
  GATEHOUSE_LEASES_TERM: {{ .v.leases.term | quote }}
  GATEHOUSE_LEASES_HOT: {{ .v.leases.hot | toJson }}
  GATEHOUSE_MODEL_NAMES: {{ .v.counting.modelNames | quote }}
  GATEHOUSE_TOKENIZERS: {{ .v.counting.tokenizers | quote }}
  DJL_CACHE_DIR: /tmp/djl
  {{- if .v.dropIn.enabled }}
  GATEHOUSE_DROP_IN: "on"
  RUNTIME_ROOT: /etc/ratelimit
  {{- else }}
  GATEHOUSE_DROP_IN: "off"
  {{- end }}
{{- if .v.dropIn.enabled }}
{{- if not .v.dropIn.configMap -}}
{{- fail "dropIn.enabled needs dropIn.configMap" -}}
{{- end }}
volumes:
  drop-in:
    path: /etc/ratelimit/config
    configMap:
      name: {{ .v.dropIn.configMap }}
{{- end }}
{{- end -}}

{{/* What is the router's own: the rate limit that it asks for budgets, and its gain model. */}}
{{- define "gatehouse-semantic-router.own" -}}
variables:
  GATEHOUSE_BUDGETS_SERVER: {{ .v.budgets.server | quote }}
  GATEHOUSE_BUDGETS_DEADLINE: {{ .v.budgets.deadline | quote }}
  GATEHOUSE_GAIN_MODEL: {{ .v.gainModel | quote }}
  DJL_CACHE_DIR: /tmp/djl
  {{- if .v.budgets.tlsSecret }}
  GATEHOUSE_BUDGETS_TLS: "true"
  GATEHOUSE_BUDGETS_TLS_CA: /var/run/gatehouse/budgets-tls/ca.crt
  {{- if .v.budgets.tlsClientCertificate }}
  GATEHOUSE_BUDGETS_TLS_CERTIFICATE: /var/run/gatehouse/budgets-tls/tls.crt
  GATEHOUSE_BUDGETS_TLS_KEY: /var/run/gatehouse/budgets-tls/tls.key
  {{- end }}
volumes:
  budgets-tls:
    path: /var/run/gatehouse/budgets-tls
    secret:
      secretName: {{ .v.budgets.tlsSecret }}
      defaultMode: 288
  {{- end }}
{{- end -}}

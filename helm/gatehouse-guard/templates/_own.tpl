{{/* What is the guard's own: sealing keys of conversations and their variables. */}}
{{- define "gatehouse-guard.own" -}}
{{- if .v.vault.enabled -}}
{{- if not (include "gatehouse-lib.has-redis" .) -}}
{{- fail "vault.enabled needs redis.url or redis.trial.enabled" -}}
{{- end -}}
sealing:
  variable: GATEHOUSE_VAULT_KEY_FILE
  secret: {{ .v.vault.existingSecret | default (printf "%s-sealing-keys" (include "gatehouse-lib.fullname" .)) }}
  key: {{ .v.vault.key }}
  made: {{ not .v.vault.existingSecret }}
{{- end }}
variables:
  GATEHOUSE_VAULT_TIME_TO_LIVE: {{ .v.vault.timeToLive | quote }}
{{- end -}}

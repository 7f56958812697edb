{{/* Response risk has nothing of its own beside the credentials. */}}
{{- define "gatehouse-response-risk.own" -}}
variables: {}
{{- end -}}

{{/* The Secrets that a release makes itself. What is there already stays as it is, over every upgrade. */}}
{{- define "gatehouse-lib.secrets" -}}
{{- $objects := list -}}
{{- if not (include "gatehouse-lib.is-umbrella" .) -}}
{{- $objects = append $objects (include "gatehouse-lib.shared-objects" .) -}}
{{- end -}}
{{- if and .sealing .sealing.made -}}
{{- $keys := printf "1 %s" (randBytes 32) -}}
{{- $objects = append $objects (include "gatehouse-lib.kept-secret" (dict "c" . "name" .sealing.secret "data" (dict .sealing.key $keys))) -}}
{{- end -}}
{{- join "\n---\n" (without $objects "") -}}
{{- end -}}

{{/* What all features of a release share: the hash key, a trial Redis. */}}
{{- define "gatehouse-lib.shared-objects" -}}
{{- $objects := list -}}
{{- if not .v.hashKey.existingSecret -}}
{{- $data := dict (.v.hashKey.key | default "hash-key") (randAlphaNum 48) -}}
{{- $objects = append $objects (include "gatehouse-lib.kept-secret" (dict "c" . "name" (include "gatehouse-lib.hash-key-secret" .) "data" $data)) -}}
{{- end -}}
{{- if and .v.redis .v.redis.trial.enabled -}}
{{- $objects = append $objects (include "gatehouse-lib.trial-redis" .) -}}
{{- end -}}
{{- join "\n---\n" $objects -}}
{{- end -}}

{{/* A Secret with data, or with what it holds in the cluster already. Takes c, name, data. */}}
{{- define "gatehouse-lib.kept-secret" -}}
{{- $there := lookup "v1" "Secret" .c.root.Release.Namespace .name | default dict -}}
{{- $there = get $there "data" | default dict -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "gatehouse-lib.metadata" (merge (dict "name" .name) .c) | nindent 2 }}
type: Opaque
data:
  {{- range $key, $value := .data }}
  {{ $key }}: {{ get $there $key | default (b64enc $value) | quote }}
  {{- end }}
{{- end -}}

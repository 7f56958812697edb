{{/*
Every template here takes the same context, made by gatehouse-lib.feature:
  root      the chart's own context
  feature   guard, ratelimit, semantic-router, cache or response-risk
  v         the values: the chart's own over those under global.gatehouse
*/}}

{{/* The values of the chart over those of the same names under global.gatehouse, as JSON. An empty text, a null, an empty list or map says nothing. */}}
{{- define "gatehouse-lib.values" -}}
{{- $own := omit (deepCopy .Values) "global" "gatehouse-lib" -}}
{{- $shared := dict -}}
{{- range $key, $value := dig "global" "gatehouse" dict (deepCopy .Values | merge dict) -}}
{{- if hasKey $own $key -}}
{{- $_ := set $shared $key $value -}}
{{- end -}}
{{- end -}}
{{- include "gatehouse-lib.overlay" (dict "under" $shared "over" $own) -}}
{{- end -}}

{{- define "gatehouse-lib.overlay" -}}
{{- $result := deepCopy .under -}}
{{- range $key, $value := .over -}}
{{- if kindIs "map" $value -}}
{{- $under := get $result $key | default dict -}}
{{- $_ := set $result $key (include "gatehouse-lib.overlay" (dict "under" $under "over" $value) | fromJson) -}}
{{- else if include "gatehouse-lib.says" $value -}}
{{- $_ := set $result $key $value -}}
{{- else if not (hasKey $result $key) -}}
{{- $_ := set $result $key $value -}}
{{- end -}}
{{- end -}}
{{- toJson $result -}}
{{- end -}}

{{/* Not empty where a value says something. */}}
{{- define "gatehouse-lib.says" -}}
{{- if not (or (kindIs "invalid" .) (and (kindIs "string" .) (eq . "")) (and (kindIs "slice" .) (empty .))) -}}yes{{- end -}}
{{- end -}}

{{/* Not empty unless a value is false; for what is on where nothing is said. */}}
{{- define "gatehouse-lib.unless-off" -}}
{{- if not (and (kindIs "bool" .) (not .)) -}}yes{{- end -}}
{{- end -}}

{{/* Whether the release is the umbrella's, which makes what the features share. */}}
{{- define "gatehouse-lib.is-umbrella" -}}
{{- if dig "global" "gatehouse" "umbrella" false (deepCopy .root.Values | merge dict) -}}yes{{- end -}}
{{- end -}}

{{/* A number as it was written; numbers are floats once they went through JSON. */}}
{{- define "gatehouse-lib.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) (float64 .)) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* One variable, where its value says something: name, value. */}}
{{- define "gatehouse-lib.variable" -}}
{{- if include "gatehouse-lib.says" .value }}
- name: {{ .name }}
  value: {{ include "gatehouse-lib.text" .value | quote }}
{{- end }}
{{- end -}}

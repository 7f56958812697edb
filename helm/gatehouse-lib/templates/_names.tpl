{{/* RELEASE-FEATURE, or the release alone where it holds the feature's name. Takes root and feature. */}}
{{- define "gatehouse-lib.fullname" -}}
{{- $own := get .root.Values "fullnameOverride" | default "" -}}
{{- if $own -}}
{{- $own | trunc 52 | trimSuffix "-" -}}
{{- else if contains .feature .root.Release.Name -}}
{{- .root.Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .root.Release.Name .feature | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The name of what all features of a release share. Takes root and suffix. */}}
{{- define "gatehouse-lib.shared-name" -}}
{{- printf "%s-%s" (.root.Release.Name | trunc 50 | trimSuffix "-") .suffix -}}
{{- end -}}

{{- define "gatehouse-lib.selector" -}}
app.kubernetes.io/name: gatehouse-{{ .feature }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "gatehouse-lib.labels" -}}
{{ include "gatehouse-lib.selector" . }}
app.kubernetes.io/component: {{ .feature }}
app.kubernetes.io/part-of: gatehouse
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- with .v.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* name, namespace, labels, annotations. Takes the context, name where it is not the full name, and labels and annotations where there are more. */}}
{{- define "gatehouse-lib.metadata" -}}
name: {{ .name | default (include "gatehouse-lib.fullname" .) }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "gatehouse-lib.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge dict (.annotations | default dict) (.v.commonAnnotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.service-account" -}}
{{- .v.serviceAccount.name | default (ternary (include "gatehouse-lib.fullname" .) "default" .v.serviceAccount.create) -}}
{{- end -}}

{{- define "gatehouse-lib.image" -}}
{{- $repository := .v.image.repository | default (printf "gatehouse-%s" .feature) -}}
{{- $name := ternary (printf "%s/%s" .v.image.registry $repository) $repository (ne .v.image.registry "") -}}
{{- if .v.image.digest -}}
{{- printf "%s@%s" $name .v.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (.v.image.tag | default .root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- define "gatehouse-lib.reads-kubernetes" -}}
{{- if ne .v.policies.source "folder" -}}yes{{- end -}}
{{- end -}}

{{/* The Secret of the gRPC port's certificate; empty for plain text. */}}
{{- define "gatehouse-lib.tls-secret" -}}
{{- if .v.tls.secret -}}
{{- .v.tls.secret -}}
{{- else if .v.tls.certManager.issuer -}}
{{- include "gatehouse-lib.fullname" . }}-tls
{{- end -}}
{{- end -}}

{{- define "gatehouse-lib.hash-key-secret" -}}
{{- .v.hashKey.existingSecret | default (include "gatehouse-lib.shared-name" (dict "root" .root "suffix" "hash-key")) -}}
{{- end -}}

{{- define "gatehouse-lib.has-redis" -}}
{{- if and .v.redis (or .v.redis.url .v.redis.trial.enabled) -}}yes{{- end -}}
{{- end -}}

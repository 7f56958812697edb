{{/* The chain's order on requests. */}}
{{- define "gatehouse-attachment.chain" -}}
ratelimit guard cache semantic-router response-risk
{{- end -}}

{{- define "gatehouse-attachment.labels" -}}
app.kubernetes.io/name: gatehouse-attachment
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: attachment
app.kubernetes.io/part-of: gatehouse
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* The kind of a feature's policies, and the failureMode of one that says none. */}}
{{- define "gatehouse-attachment.policies" -}}
ratelimit: {kind: TokenRateLimitPolicy, failureMode: FailOpen}
guard: {kind: PromptGuardPolicy, failureMode: FailClosed}
cache: {kind: SemanticCachePolicy, failureMode: FailOpen}
semantic-router: {kind: SemanticRoutingPolicy, failureMode: FailOpen}
response-risk: {kind: ResponseRiskPolicy, failureMode: FailClosed}
{{- end -}}

{{/* What happens when the service of a feature is dead: what its settings say, else the strictest policy. Takes (dict "root" "feature"). */}}
{{- define "gatehouse-attachment.failureMode" -}}
{{- $settings := index .root.Values.services .feature -}}
{{- $known := index (include "gatehouse-attachment.policies" .root | fromYaml) .feature -}}
{{- $policies := (lookup "gatehouse.dev/v1alpha1" $known.kind "" "").items | default list -}}
{{- $mode := $known.failureMode -}}
{{- if $policies -}}
{{- $mode = "FailOpen" -}}
{{- range $policies -}}
{{- if eq (.spec.failureMode | default $known.failureMode) "FailClosed" -}}{{- $mode = "FailClosed" -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- $settings.failureMode | default $mode -}}
{{- end -}}

{{/* As the features' charts name their Service. Takes (dict "root" "feature"). */}}
{{- define "gatehouse-attachment.serviceName" -}}
{{- $name := ternary .root.Release.Name (printf "%s-%s" .root.Release.Name .feature) (contains .feature .root.Release.Name) -}}
{{- $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{/* The steps of the chain that is asked for, as a YAML list. */}}
{{- define "gatehouse-attachment.steps" -}}
{{- $root := . -}}
{{- range $index, $feature := .Values.features }}
{{- $settings := index $root.Values.services $feature }}
{{- $mode := include "gatehouse-attachment.failureMode" (dict "root" $root "feature" $feature) }}
- feature: {{ $feature }}
  index: {{ $index }}
  protocol: {{ $settings.protocol }}
  bodyMode: {{ $settings.bodyMode }}
  response: {{ $settings.response }}
  failOpen: {{ eq $mode "FailOpen" }}
  name: {{ $settings.name | default (include "gatehouse-attachment.serviceName" (dict "root" $root "feature" $feature)) }}
  namespace: {{ $root.Values.servicesNamespace | default $root.Release.Namespace }}
  port: {{ $settings.port }}
  httpPort: {{ $settings.httpPort }}
  backendRef: {{ toJson $settings.backendRef }}
{{- end }}
{{- end -}}

{{/* The steps of one protocol, as a YAML list. Takes (dict "root" "protocols" list). */}}
{{- define "gatehouse-attachment.stepsOf" -}}
{{- $protocols := .protocols -}}
{{- range include "gatehouse-attachment.steps" .root | fromYamlArray }}
{{- if has .protocol $protocols }}
- {{ toJson . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The targets with their defaults and the name of their object, as a YAML list. */}}
{{- define "gatehouse-attachment.targets" -}}
{{- $root := . -}}
{{- range .Values.targets }}
{{- $kind := .kind | default "Gateway" }}
{{- $section := .sectionName | default "" }}
- kind: {{ $kind }}
  name: {{ .name }}
  namespace: {{ .namespace | default $root.Release.Namespace }}
  sectionName: {{ $section | quote }}
  object: {{ list $root.Release.Name (lower $kind) .name $section | compact | join "-" | trunc 240 | trimSuffix "-" }}
{{- end }}
{{- end -}}

{{- define "gatehouse-attachment.targetRefs" -}}
targetRefs:
  - group: gateway.networking.k8s.io
    kind: {{ .kind }}
    name: {{ .name }}
    {{- with .sectionName }}
    sectionName: {{ . }}
    {{- end }}
{{- end -}}

{{/* A reference to the service of a step; what is said as backendRef has precedence. */}}
{{- define "gatehouse-attachment.backendRef" -}}
{{- if .backendRef -}}
{{- toYaml .backendRef -}}
{{- else -}}
group: ""
kind: Service
name: {{ .name }}
namespace: {{ .namespace }}
port: {{ ternary .httpPort .port (eq .protocol "ExtAuthzHTTP") }}
{{- end -}}
{{- end -}}

{{/* FullDuplexStreamed -> FULL_DUPLEX_STREAMED */}}
{{- define "gatehouse-attachment.envoyBodyMode" -}}
{{- snakecase . | upper -}}
{{- end -}}

{{/* Envoy's processing mode of a step, with these names of the fields. Takes (dict "step" "names" list of six). */}}
{{- define "gatehouse-attachment.processingMode" -}}
{{- $mode := include "gatehouse-attachment.envoyBodyMode" .step.bodyMode -}}
{{- $trailers := ternary "SEND" "SKIP" (eq .step.bodyMode "FullDuplexStreamed") -}}
{{ index .names 0 }}: SEND
{{ index .names 1 }}: {{ $mode }}
{{ index .names 2 }}: {{ $trailers }}
{{ index .names 3 }}: {{ ternary "SEND" "SKIP" .step.response }}
{{ index .names 4 }}: {{ ternary $mode "NONE" .step.response }}
{{ index .names 5 }}: {{ ternary $trailers "SKIP" .step.response }}
{{- end -}}

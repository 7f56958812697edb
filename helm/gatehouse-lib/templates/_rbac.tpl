{{- define "gatehouse-lib.service-account-object" -}}
{{- if .v.serviceAccount.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "gatehouse-lib.metadata" (merge (dict "name" (include "gatehouse-lib.service-account" .) "annotations" .v.serviceAccount.annotations) .) | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}
{{- end -}}

{{/* What a service may do: reads in all namespaces or in those watched, and what it writes in its own. */}}
{{- define "gatehouse-lib.rbac" -}}
{{- if and .v.rbac.create (include "gatehouse-lib.reads-kubernetes" .) -}}
{{- if .v.policies.watchNamespaces -}}
{{- range .v.policies.watchNamespaces }}
---
{{ include "gatehouse-lib.role" (merge (dict "kind" "Role" "namespace" . "rules" (include "gatehouse-lib.reading-rules" $)) $) }}
{{- end }}
{{- else }}
{{ include "gatehouse-lib.role" (merge (dict "kind" "ClusterRole" "rules" (include "gatehouse-lib.reading-rules" .)) .) }}
{{- end }}
---
{{ include "gatehouse-lib.role" (merge (dict "kind" "Role" "namespace" .root.Release.Namespace "suffix" "-own" "rules" (include "gatehouse-lib.own-rules" .)) .) }}
{{- end -}}
{{- end -}}

{{/* A role and its binding to the service's account: kind, namespace, suffix, rules. A cluster's name holds the release's namespace. */}}
{{- define "gatehouse-lib.role" -}}
{{- $name := printf "%s%s" (include "gatehouse-lib.fullname" .) (.suffix | default "") -}}
{{- if eq .kind "ClusterRole" -}}
{{- $name = printf "%s-%s" .root.Release.Namespace $name -}}
{{- end -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}
metadata:
  {{- include "gatehouse-lib.role-metadata" (merge (dict "name" $name) .) | nindent 2 }}
rules:
  {{- .rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}Binding
metadata:
  {{- include "gatehouse-lib.role-metadata" (merge (dict "name" $name) .) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ $name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "gatehouse-lib.service-account" . }}
    namespace: {{ .root.Release.Namespace }}
{{- end -}}

{{- define "gatehouse-lib.role-metadata" -}}
name: {{ .name }}
{{- with .namespace }}
namespace: {{ . }}
{{- end }}
labels:
  {{- include "gatehouse-lib.labels" . | nindent 2 }}
{{- with .v.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The policies' own kinds and their status, and what policies name. */}}
{{- define "gatehouse-lib.reading-rules" -}}
- apiGroups: [gatehouse.dev]
  resources: [{{ concat .plurals (.alsoReads | default list) | join ", " }}]
  verbs: [list, watch]
- apiGroups: [gatehouse.dev]
  resources: [{{ range $i, $plural := .plurals }}{{ if $i }}, {{ end }}{{ $plural }}/status{{ end }}]
  verbs: [patch]
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways, httproutes, referencegrants]
  verbs: [list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- if .v.policies.affectedConditions }}
- apiGroups: [gateway.networking.k8s.io]
  resources: [{{ range $i, $plural := .affects | default (list "gateways" "httproutes") }}{{ if $i }}, {{ end }}{{ $plural }}/status{{ end }}]
  verbs: [patch]
{{- end }}
{{- if .v.policies.watchBackends }}
{{- range $group, $plural := dict "" "services" "multicluster.x-k8s.io" "serviceimports" "inference.networking.k8s.io" "inferencepools"
  "inference.networking.x-k8s.io" "inferencepoolimports" "gateway.networking.x-k8s.io" "xbackends" }}
- apiGroups: [{{ $group | quote }}]
  resources: [{{ $plural }}]
  verbs: [list, watch]
{{- end }}
{{- end }}
{{- end -}}

{{/* The lease of the status writer, and the replicas that it asks. */}}
{{- define "gatehouse-lib.own-rules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [{{ include "gatehouse-lib.fullname" . }}]
  verbs: [get, patch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [list, watch]
{{- end -}}

{{- define "gatehouse-lib.service-monitor" -}}
{{- if .v.monitoring.serviceMonitor.enabled -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "gatehouse-lib.metadata" (merge (dict "labels" .v.monitoring.serviceMonitor.labels) .) | nindent 2 }}
spec:
  selector:
    matchLabels:
      {{- include "gatehouse-lib.selector" . | nindent 6 }}
  endpoints:
    - port: management
      path: /q/metrics
      interval: {{ .v.monitoring.serviceMonitor.interval | default "30s" }}
{{- end -}}
{{- end -}}

{{- define "gatehouse-lib.prometheus-rule" -}}
{{- if .v.monitoring.prometheusRule.enabled -}}
{{- $job := printf `job="%s",namespace="%s"` (include "gatehouse-lib.fullname" .) .root.Release.Namespace -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "gatehouse-lib.metadata" (merge (dict "labels" .v.monitoring.prometheusRule.labels) .) | nindent 2 }}
spec:
  groups:
    - name: {{ include "gatehouse-lib.fullname" . }}
      rules:
        {{- range concat (include "gatehouse-lib.common-alerts" . | fromYamlArray) (.alerts | default "[]" | fromYamlArray) }}
        - alert: Gatehouse{{ .name }}
          expr: {{ .expr | replace "$job" $job | quote }}
          for: {{ .for }}
          labels:
            severity: {{ .severity }}
            feature: {{ $.feature }}
          annotations:
            summary: {{ .summary | quote }}
            description: {{ .description | quote }}
        {{- end }}
{{- end -}}
{{- end -}}

{{/* Alerts of every service; $job stands for the labels of its series. */}}
{{- define "gatehouse-lib.common-alerts" -}}
- name: Down
  expr: absent(up{$job} == 1)
  for: 2m
  severity: critical
  summary: No replica of {{ .feature }} answers.
  description: What the gateway does now is its own failure mode (failOpen); policies decide nothing.
- name: Failing
  expr: sum(rate(gatehouse_exchange_phase_seconds_count{$job,outcome!="ok"}[5m])) / sum(rate(gatehouse_exchange_phase_seconds_count{$job}[5m])) > 0.01
  for: 5m
  severity: warning
  summary: More than 1 % of the exchanges of {{ .feature }} fail.
  description: They end as failureMode of their policies says, with an error or without the feature.
- name: Slow
  expr: histogram_quantile(0.99, sum by (le) (rate(gatehouse_exchange_phase_seconds_bucket{$job,phase="request"}[5m]))) > 0.5
  for: 10m
  severity: warning
  summary: The 99th percentile of {{ .feature }} is above half a second.
  description: More replicas, or fewer rules that ask models outside.
- name: OutOfOrder
  expr: sum(rate(gatehouse_exchanges_out_of_order_total{$job}[10m])) > 0
  for: 10m
  severity: warning
  summary: The services are attached in a wrong order.
  description: A service that belongs behind {{ .feature }} saw requests first. See docs/attachment.md.
{{- end -}}

{{- define "gatehouse-lib.dashboard" -}}
{{- if .v.monitoring.dashboard.enabled -}}
{{- $labels := .v.monitoring.dashboard.labels | default (dict "grafana_dashboard" "1") -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "gatehouse-lib.metadata" (merge (dict "name" (printf "%s-dashboard" (include "gatehouse-lib.fullname" .)) "labels" $labels) .) | nindent 2 }}
data:
  gatehouse-{{ .feature }}.json: |
    {{- include "gatehouse-lib.dashboard-json" . | nindent 4 }}
{{- end -}}
{{- end -}}

{{/* Panels of every service before the feature's own, two in a row. */}}
{{- define "gatehouse-lib.dashboard-json" -}}
{{- $panels := list -}}
{{- range $i, $panel := concat (include "gatehouse-lib.common-panels" . | fromYamlArray) (.panels | default "[]" | fromYamlArray) -}}
{{- $targets := list -}}
{{- range $j, $query := $panel.queries -}}
{{- $targets = append $targets (dict "refId" (printf "Q%d" $j) "expr" ($query.expr | replace "$job" `job="$job",namespace="$namespace"`) "legendFormat" $query.legend) -}}
{{- end -}}
{{- $panels = append $panels (dict "id" (add1 $i) "type" "timeseries" "title" $panel.title "description" ($panel.description | default "")
  "datasource" (dict "type" "prometheus" "uid" "${datasource}") "targets" $targets
  "fieldConfig" (dict "defaults" (dict "unit" ($panel.unit | default "short") "min" 0) "overrides" list)
  "gridPos" (dict "h" 8 "w" 12 "x" (mul 12 (mod $i 2)) "y" (mul 8 (div $i 2)))) -}}
{{- end -}}
{{- $variables := list
  (dict "name" "datasource" "type" "datasource" "query" "prometheus" "label" "Data source")
  (dict "name" "namespace" "type" "constant" "query" .root.Release.Namespace "hide" 2)
  (dict "name" "job" "type" "constant" "query" (include "gatehouse-lib.fullname" .) "hide" 2) -}}
{{- dict "title" (printf "Gatehouse: %s" .feature) "uid" (printf "gatehouse-%s" (include "gatehouse-lib.fullname" . | sha1sum | trunc 12)) "tags" (list "gatehouse")
  "schemaVersion" 39 "refresh" "30s" "time" (dict "from" "now-1h" "to" "now") "timezone" "browser" "editable" true
  "templating" (dict "list" $variables) "panels" $panels | toPrettyJson -}}
{{- end -}}

{{- define "gatehouse-lib.common-panels" -}}
- title: Exchanges by ending
  unit: reqps
  queries:
    - {expr: 'sum by (ending) (rate(gatehouse_exchanges_total{$job}[$__rate_interval]))', legend: '{{ "{{ending}}" }}'}
- title: Exchanges under way
  queries:
    - {expr: 'sum by (pod) (gatehouse_exchanges_active{$job})', legend: '{{ "{{pod}}" }}'}
- title: Time of a phase
  unit: s
  queries:
    - {expr: 'histogram_quantile(0.5, sum by (le, phase) (rate(gatehouse_exchange_phase_seconds_bucket{$job}[$__rate_interval])))', legend: 'p50 {{ "{{phase}}" }}'}
    - {expr: 'histogram_quantile(0.99, sum by (le, phase) (rate(gatehouse_exchange_phase_seconds_bucket{$job}[$__rate_interval])))', legend: 'p99 {{ "{{phase}}" }}'}
- title: Failures
  description: They ended as failureMode of their policies says.
  unit: reqps
  queries:
    - {expr: 'sum by (outcome) (rate(gatehouse_exchange_phase_seconds_count{$job,outcome!="ok"}[$__rate_interval]))', legend: '{{ "{{outcome}}" }}'}
{{- end -}}

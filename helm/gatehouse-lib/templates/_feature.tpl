{{/*
All objects of one service. Takes root, feature, and what is the feature's own:
  plurals      its policies' resources; alsoReads: further ones of gatehouse.dev; affects: what policies may target, gateways and httproutes if nothing is said
  variables    by name; one without a value is left out
  volumes      by name, each with the path of its mount
  sealing      {variable, secret, key, made}: the Secret with sealing keys, if there is one, and whether the release makes it
  alerts       alert rules, as YAML
  panels       panels of the dashboard, as YAML
*/}}
{{- define "gatehouse-lib.feature" -}}
{{- $c := merge (dict "v" (include "gatehouse-lib.values" .root | fromJson)) . -}}
{{- include "gatehouse-lib.check" $c -}}
{{- $objects := list
  "service-account-object" "rbac" "secrets" "policies" "service" "deployment" "autoscaler" "disruption-budget" "network-policy"
  "certificate" "service-monitor" "prometheus-rule" "dashboard" -}}
{{- range $objects }}
{{- $object := include (printf "gatehouse-lib.%s" .) $c | trim }}
{{- if $object }}
---
{{ $object }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Refuses what the schema cannot. */}}
{{- define "gatehouse-lib.check" -}}
{{- $tls := include "gatehouse-lib.tls-secret" . -}}
{{- if and .v.tls.secret .v.tls.certManager.issuer -}}
{{- fail "tls.secret and tls.certManager.issuer exclude each other" -}}
{{- end -}}
{{- if and $tls (or (eq .v.probes.readiness "grpc") (eq .v.probes.liveness "grpc")) -}}
{{- fail "probes.readiness and probes.liveness must be http with tls: a kubelet's gRPC probe speaks no TLS" -}}
{{- end -}}
{{- if and .v.tls.clientAuth (not $tls) -}}
{{- fail "tls.clientAuth needs tls.secret or tls.certManager.issuer" -}}
{{- end -}}
{{- if and .v.policies.documents .v.policies.configMap -}}
{{- fail "policies.documents and policies.configMap exclude each other" -}}
{{- end -}}
{{- if and (include "gatehouse-lib.reads-kubernetes" .) (or .v.policies.documents .v.policies.configMap) -}}
{{- fail "policies.documents and policies.configMap need policies.source: folder" -}}
{{- end -}}
{{- if and (not (include "gatehouse-lib.reads-kubernetes" .)) (not .v.policies.documents) (not .v.policies.configMap) -}}
{{- fail "policies.source: folder needs policies.documents or policies.configMap" -}}
{{- end -}}
{{- if .v.redis -}}
{{- if and .v.redis.url .v.redis.trial.enabled -}}
{{- fail "redis.url and redis.trial.enabled exclude each other" -}}
{{- end -}}
{{- if and (include "gatehouse-lib.is-umbrella" .) (dig "redis" "trial" "enabled" false (deepCopy .root.Values | merge dict)) -}}
{{- fail "in the umbrella chart the trial Redis is one for all: global.gatehouse.redis.trial.enabled" -}}
{{- end -}}
{{- end -}}
{{- if and .v.autoscaling.enabled (not .v.autoscaling.cpuPercent) (not .v.autoscaling.inFlight) -}}
{{- fail "autoscaling.enabled needs autoscaling.cpuPercent or autoscaling.inFlight" -}}
{{- end -}}
{{- end -}}

{{/* What helm says after an installation of one service alone. */}}
{{- define "gatehouse-lib.notes" -}}
{{- $c := merge (dict "v" (include "gatehouse-lib.values" .root | fromJson)) . -}}
{{- $name := include "gatehouse-lib.fullname" $c -}}
The gateway calls {{ $name }}.{{ .root.Release.Namespace }}:{{ $c.v.service.grpcPort }} (gRPC) or :{{ $c.v.service.httpPort }} (ext_authz over HTTP); see docs/attachment.md.
{{- if not $c.v.networkPolicy.gateways }}
Every pod of the cluster may call these ports: name your gateways in networkPolicy.gateways.
{{- end }}
{{- if include "gatehouse-lib.reads-kubernetes" $c }}
Policies: kubectl get {{ first .plurals }} -A
{{- end }}
{{- end -}}

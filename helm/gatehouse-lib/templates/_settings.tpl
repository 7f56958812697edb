{{/* The variables of the container; one of extraEnv stands in the place of the chart's own of that name. */}}
{{- define "gatehouse-lib.environment" -}}
{{- $added := list -}}
{{- range .v.extraEnv -}}
{{- $added = append $added .name -}}
{{- end -}}
{{- range include "gatehouse-lib.own-variables" . | fromYamlArray }}
{{- if not (has .name $added) }}
- {{ toYaml . | nindent 2 | trim }}
{{- end }}
{{- end }}
{{- with .v.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The variables that the chart sets: those of all services and the feature's own. */}}
{{- define "gatehouse-lib.own-variables" -}}
{{- include "gatehouse-lib.common-variables" . }}
{{- include "gatehouse-lib.policy-variables" . }}
{{- include "gatehouse-lib.tls-variables" . }}
{{- if include "gatehouse-lib.has-redis" . }}
{{- include "gatehouse-lib.redis-variables" . }}
{{- end }}
{{- with .sealing }}
{{- include "gatehouse-lib.variable" (dict "name" .variable "value" "/var/run/gatehouse/sealing/keys") }}
{{- end }}
{{- if get .v "credentialsSecret" }}
{{- include "gatehouse-lib.variable" (dict "name" "GATEHOUSE_CREDENTIALS" "value" "/var/run/gatehouse/credentials") }}
{{- end }}
{{- range $name, $value := .variables }}
{{- include "gatehouse-lib.variable" (dict "name" $name "value" $value) }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.common-variables" -}}
{{- $variables := dict
  "GATEHOUSE_GRPC_PORT" 9001 "GATEHOUSE_HTTP_PORT" 8080 "GATEHOUSE_MANAGEMENT_PORT" 9090
  "GATEHOUSE_AUTHZ_PREFIX" .v.service.authzPrefix
  "GATEHOUSE_HASH_KEY_FILE" "/var/run/gatehouse/hash/hash-key"
  "GATEHOUSE_DRAIN_DELAY" (printf "%sS" (include "gatehouse-lib.text" .v.drain.delaySeconds))
  "GATEHOUSE_DRAIN" (printf "%ss" (include "gatehouse-lib.text" .v.drain.seconds))
  "GATEHOUSE_LOG_LEVEL" .v.logging.level
  "GATEHOUSE_LOG_JSON" .v.logging.json
  "JAVA_TOOL_OPTIONS" .v.javaOptions -}}
{{- if .v.tracing.endpoint -}}
{{- $_ := set $variables "GATEHOUSE_TRACES" "on" -}}
{{- $_ := set $variables "OTEL_EXPORTER_OTLP_ENDPOINT" .v.tracing.endpoint -}}
{{- $_ := set $variables "OTEL_EXPORTER_OTLP_PROTOCOL" .v.tracing.protocol -}}
{{- end -}}
{{- range $name, $value := $variables }}
{{- include "gatehouse-lib.variable" (dict "name" $name "value" $value) }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.policy-variables" -}}
{{- if include "gatehouse-lib.reads-kubernetes" . }}
- name: GATEHOUSE_SOURCE
  value: kubernetes
- name: GATEHOUSE_KUBERNETES_NAMESPACE
  valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
- name: GATEHOUSE_KUBERNETES_IDENTITY
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: GATEHOUSE_KUBERNETES_SERVICE
  value: {{ include "gatehouse-lib.fullname" . }}
{{- include "gatehouse-lib.variable" (dict "name" "GATEHOUSE_KUBERNETES_NAMESPACES" "value" (join "," .v.policies.watchNamespaces)) }}
{{- include "gatehouse-lib.variable" (dict "name" "GATEHOUSE_KUBERNETES_STATUS" "value" .v.policies.status) }}
{{- include "gatehouse-lib.variable" (dict "name" "GATEHOUSE_KUBERNETES_AFFECTED_CONDITIONS" "value" .v.policies.affectedConditions) }}
{{- include "gatehouse-lib.variable" (dict "name" "GATEHOUSE_KUBERNETES_WATCH_BACKENDS" "value" .v.policies.watchBackends) }}
{{- include "gatehouse-lib.variable" (dict "name" "GATEHOUSE_KUBERNETES_CONTROLLER_NAME" "value" .v.policies.controllerName) }}
{{- if include "gatehouse-lib.unless-off" .v.policies.snapshot }}
- name: GATEHOUSE_KUBERNETES_SNAPSHOT
  value: /var/run/gatehouse/snapshot
{{- end }}
{{- else }}
- name: GATEHOUSE_SOURCE
  value: folder
- name: GATEHOUSE_CONFIG
  value: /etc/gatehouse
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.tls-variables" -}}
{{- if include "gatehouse-lib.tls-secret" . }}
- name: GATEHOUSE_TLS_CERTIFICATE
  value: /var/run/gatehouse/tls/tls.crt
- name: GATEHOUSE_TLS_KEY
  value: /var/run/gatehouse/tls/tls.key
{{- if .v.tls.clientAuth }}
- name: GATEHOUSE_TLS_CLIENT_CA
  value: /var/run/gatehouse/{{ ternary "client-ca" "tls" (ne .v.tls.clientCaSecret "") }}/ca.crt
{{- end }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.redis-variables" -}}
{{- $redis := .v.redis -}}
{{- $trial := printf "redis://%s:6379" (include "gatehouse-lib.shared-name" (dict "root" .root "suffix" "redis")) -}}
{{- $variables := dict
  "GATEHOUSE_REDIS_URL" ($redis.url | default $trial)
  "GATEHOUSE_REDIS_SENTINEL_MASTER" $redis.sentinelMaster
  "GATEHOUSE_REDIS_CLUSTER" $redis.cluster
  "GATEHOUSE_REDIS_USER" $redis.user
  "GATEHOUSE_REDIS_DEADLINE" $redis.deadline
  "GATEHOUSE_REDIS_CONNECTIONS" $redis.connections -}}
{{- if include "gatehouse-lib.redis-password-secret" . -}}
{{- $_ := set $variables "GATEHOUSE_REDIS_PASSWORD_FILE" "/var/run/gatehouse/redis/password" -}}
{{- end -}}
{{- if $redis.tlsSecret -}}
{{- $_ := set $variables "GATEHOUSE_REDIS_TLS_CA" "/var/run/gatehouse/redis-tls/ca.crt" -}}
{{- if $redis.tlsClientCertificate -}}
{{- $_ := set $variables "GATEHOUSE_REDIS_TLS_CERTIFICATE" "/var/run/gatehouse/redis-tls/tls.crt" -}}
{{- $_ := set $variables "GATEHOUSE_REDIS_TLS_KEY" "/var/run/gatehouse/redis-tls/tls.key" -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := $variables }}
{{- include "gatehouse-lib.variable" (dict "name" $name "value" $value) }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.redis-password-secret" -}}
{{- if .v.redis.trial.enabled -}}
{{- include "gatehouse-lib.shared-name" (dict "root" .root "suffix" "redis") -}}
{{- else -}}
{{- .v.redis.passwordSecret -}}
{{- end -}}
{{- end -}}

{{/* Volumes as a map: name to what it is and where it is mounted. */}}
{{- define "gatehouse-lib.volume-map" -}}
{{- $volumes := dict "tmp" (dict "path" "/tmp" "emptyDir" (dict "sizeLimit" "512Mi")) -}}
{{- $_ := set $volumes "hash-key" (dict "path" "/var/run/gatehouse/hash" "secret" (dict "secretName" (include "gatehouse-lib.hash-key-secret" .)
  "defaultMode" 288 "items" (list (dict "key" (.v.hashKey.key | default "hash-key") "path" "hash-key")))) -}}
{{- if not (include "gatehouse-lib.reads-kubernetes" .) -}}
{{- $_ := set $volumes "policies" (dict "path" "/etc/gatehouse" "configMap" (dict "name" (.v.policies.configMap | default (printf "%s-policies" (include "gatehouse-lib.fullname" .))))) -}}
{{- else if include "gatehouse-lib.unless-off" .v.policies.snapshot -}}
{{- $_ := set $volumes "snapshot" (dict "path" "/var/run/gatehouse/snapshot" "emptyDir" (dict "sizeLimit" "256Mi")) -}}
{{- end -}}
{{- with include "gatehouse-lib.tls-secret" . -}}
{{- $_ := set $volumes "tls" (dict "path" "/var/run/gatehouse/tls" "secret" (dict "secretName" . "defaultMode" 288)) -}}
{{- end -}}
{{- if and .v.tls.clientAuth .v.tls.clientCaSecret -}}
{{- $_ := set $volumes "client-ca" (dict "path" "/var/run/gatehouse/client-ca" "secret" (dict "secretName" .v.tls.clientCaSecret "defaultMode" 288
  "items" (list (dict "key" "ca.crt" "path" "ca.crt")))) -}}
{{- end -}}
{{- if include "gatehouse-lib.has-redis" . -}}
{{- with include "gatehouse-lib.redis-password-secret" . -}}
{{- $_ := set $volumes "redis-password" (dict "path" "/var/run/gatehouse/redis" "secret" (dict "secretName" . "defaultMode" 288
  "items" (list (dict "key" (empty $.v.redis.trial.enabled | ternary ($.v.redis.passwordKey | default "password") "password") "path" "password")))) -}}
{{- end -}}
{{- with .v.redis.tlsSecret -}}
{{- $_ := set $volumes "redis-tls" (dict "path" "/var/run/gatehouse/redis-tls" "secret" (dict "secretName" . "defaultMode" 288)) -}}
{{- end -}}
{{- end -}}
{{- with .sealing -}}
{{- $_ := set $volumes "sealing-keys" (dict "path" "/var/run/gatehouse/sealing" "secret" (dict "secretName" .secret "defaultMode" 288
  "items" (list (dict "key" .key "path" "keys")))) -}}
{{- end -}}
{{- with get .v "credentialsSecret" -}}
{{- $_ := set $volumes "credentials" (dict "path" "/var/run/gatehouse/credentials" "secret" (dict "secretName" . "defaultMode" 288)) -}}
{{- end -}}
{{- merge $volumes (.volumes | default dict) | toJson -}}
{{- end -}}

{{- define "gatehouse-lib.volumes" -}}
{{- range $name, $volume := include "gatehouse-lib.volume-map" . | fromJson }}
- name: {{ $name }}
  {{- toYaml (omit $volume "path") | nindent 2 }}
{{- end }}
{{- with .v.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.mounts" -}}
{{- range $name, $volume := include "gatehouse-lib.volume-map" . | fromJson }}
- name: {{ $name }}
  mountPath: {{ $volume.path }}
  {{- if not (hasKey $volume "emptyDir") }}
  readOnly: true
  {{- end }}
{{- end }}
{{- with .v.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.policies" -}}
{{- if and (not (include "gatehouse-lib.reads-kubernetes" .)) .v.policies.documents -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "gatehouse-lib.metadata" (merge (dict "name" (printf "%s-policies" (include "gatehouse-lib.fullname" .))) .) | nindent 2 }}
data:
  {{- toYaml .v.policies.documents | nindent 2 }}
{{- end -}}
{{- end -}}

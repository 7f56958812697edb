{{- define "gatehouse-lib.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "gatehouse-lib.metadata" (merge (dict "annotations" .v.service.annotations) .) | nindent 2 }}
spec:
  selector:
    {{- include "gatehouse-lib.selector" . | nindent 4 }}
  ports:
    - name: grpc
      port: {{ .v.service.grpcPort }}
      targetPort: grpc
      {{- if not (include "gatehouse-lib.tls-secret" .) }}
      appProtocol: kubernetes.io/h2c
      {{- end }}
    - name: http
      port: {{ .v.service.httpPort }}
      targetPort: http
      appProtocol: http
    - name: management
      port: {{ .v.service.managementPort }}
      targetPort: management
      appProtocol: http
{{- end -}}

{{- define "gatehouse-lib.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "gatehouse-lib.metadata" . | nindent 2 }}
spec:
  {{- if not .v.autoscaling.enabled }}
  replicas: {{ .v.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  # A pod goes only when its successor is ready: capacity stays, and so does what is under way.
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
  selector:
    matchLabels:
      {{- include "gatehouse-lib.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "gatehouse-lib.labels" . | nindent 8 }}
        {{- with .v.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .v.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "gatehouse-lib.pod" . | nindent 6 }}
{{- end -}}

{{- define "gatehouse-lib.pod" -}}
serviceAccountName: {{ include "gatehouse-lib.service-account" . }}
automountServiceAccountToken: {{ ne (include "gatehouse-lib.reads-kubernetes" .) "" }}
# Variables of Services, such as GATEHOUSE_REDIS_PORT, would be taken for settings.
enableServiceLinks: false
# The delay, the drain, and what HTTP requests under way may take before it.
terminationGracePeriodSeconds: {{ add .v.drain.delaySeconds .v.drain.seconds 40 }}
{{- with .v.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .v.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
securityContext:
  {{- include "gatehouse-lib.user" (dict "id" 65532 "v" .v) | nindent 2 }}
containers:
  - name: {{ .feature }}
    {{- include "gatehouse-lib.container" . | nindent 4 }}
volumes:
  {{- include "gatehouse-lib.volumes" . | nindent 2 }}
{{- include "gatehouse-lib.placement" . }}
{{- end -}}

{{/* The pod's part of the restricted profile: id is user and group where the platform does not choose them. */}}
{{- define "gatehouse-lib.user" -}}
runAsNonRoot: true
{{- if not .v.security.platformUser }}
runAsUser: {{ .id }}
runAsGroup: {{ .id }}
fsGroup: {{ .id }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The container's part of the restricted profile. */}}
{{- define "gatehouse-lib.confinement" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "gatehouse-lib.container" -}}
image: {{ include "gatehouse-lib.image" . | quote }}
imagePullPolicy: {{ .v.image.pullPolicy | default "IfNotPresent" }}
securityContext:
  {{- include "gatehouse-lib.confinement" . | nindent 2 }}
ports:
  - name: grpc
    containerPort: 9001
  - name: http
    containerPort: 8080
  - name: management
    containerPort: 9090
env:
  {{- include "gatehouse-lib.environment" . | trim | nindent 2 }}
{{- with .v.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- include "gatehouse-lib.probes" . }}
resources:
  {{- toYaml .v.resources | nindent 2 }}
volumeMounts:
  {{- include "gatehouse-lib.mounts" . | nindent 2 }}
{{- end -}}

{{- define "gatehouse-lib.probes" }}
startupProbe:
  httpGet: {path: /q/health/live, port: management}
  periodSeconds: 2
  timeoutSeconds: {{ .v.probes.timeoutSeconds }}
  failureThreshold: {{ div .v.probes.startupSeconds 2 }}
livenessProbe:
  {{- include "gatehouse-lib.probe" (dict "by" .v.probes.liveness "path" "/q/health/live" "probes" .v.probes) | nindent 2 }}
readinessProbe:
  {{- include "gatehouse-lib.probe" (dict "by" .v.probes.readiness "path" "/q/health/ready" "probes" .v.probes) | nindent 2 }}
{{- end -}}

{{- define "gatehouse-lib.probe" -}}
{{- if eq .by "grpc" -}}
grpc: {port: 9001}
{{- else -}}
httpGet: {path: {{ .path }}, port: management}
{{- end }}
periodSeconds: {{ .probes.periodSeconds }}
timeoutSeconds: {{ .probes.timeoutSeconds }}
failureThreshold: {{ .probes.failureThreshold }}
{{- end -}}

{{- define "gatehouse-lib.placement" }}
{{- if ne .v.spread.zones "none" }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" (eq .v.spread.zones "hard") }}
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- include "gatehouse-lib.selector" . | nindent 8 }}
{{- end }}
{{- $affinity := deepCopy (.v.affinity | default dict) }}
{{- if ne .v.spread.hosts "none" }}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "gatehouse-lib.selector" . | fromYaml)) }}
{{- $rule := ternary (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term))
  (dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term))) (eq .v.spread.hosts "hard") }}
{{- $affinity = merge $affinity (dict "podAntiAffinity" $rule) }}
{{- end }}
{{- with $affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .v.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .v.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "gatehouse-lib.autoscaler" -}}
{{- if .v.autoscaling.enabled -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "gatehouse-lib.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "gatehouse-lib.fullname" . }}
  minReplicas: {{ .v.autoscaling.minReplicas }}
  maxReplicas: {{ .v.autoscaling.maxReplicas }}
  metrics:
    {{- with .v.autoscaling.cpuPercent }}
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ . }}}
    {{- end }}
    {{- with .v.autoscaling.inFlight }}
    - type: Pods
      pods:
        metric: {name: gatehouse_exchanges_active}
        target: {type: AverageValue, averageValue: {{ include "gatehouse-lib.text" . | quote }}}
    {{- end }}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: {{ .v.autoscaling.scaleDownSeconds }}
{{- end -}}
{{- end -}}

{{- define "gatehouse-lib.disruption-budget" -}}
{{- if .v.podDisruptionBudget.enabled -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "gatehouse-lib.metadata" . | nindent 2 }}
spec:
  maxUnavailable: {{ .v.podDisruptionBudget.maxUnavailable }}
  selector:
    matchLabels:
      {{- include "gatehouse-lib.selector" . | nindent 6 }}
{{- end -}}
{{- end -}}

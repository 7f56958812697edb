{{/* A Redis of one pod, its Service, its password and who may call it. For trials. */}}
{{- define "gatehouse-lib.trial-redis" -}}
{{- $name := include "gatehouse-lib.shared-name" (dict "root" .root "suffix" "redis") -}}
{{- $c := merge (dict "feature" "redis" "name" $name) (omit . "feature" "name") -}}
{{- $trial := .v.redis.trial -}}
{{- $password := randAlphaNum 32 -}}
{{- $there := lookup "v1" "Secret" .root.Release.Namespace $name | default dict -}}
{{- $password = get $there "data" | default dict | dig "password" "" | b64dec | default $password -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "gatehouse-lib.metadata" $c | nindent 2 }}
type: Opaque
stringData:
  password: {{ $password | quote }}
  redis.conf: |
    requirepass {{ $password }}
    dir /data
    save ""
    appendonly {{ ternary "yes" "no" (ne $trial.storage "") }}
    maxmemory {{ $trial.maxMemory | default "256mb" }}
    maxmemory-policy noeviction
---
apiVersion: v1
kind: Service
metadata:
  {{- include "gatehouse-lib.metadata" $c | nindent 2 }}
spec:
  selector:
    {{- include "gatehouse-lib.selector" $c | nindent 4 }}
  ports:
    - name: redis
      port: 6379
      targetPort: redis
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "gatehouse-lib.metadata" $c | nindent 2 }}
spec:
  serviceName: {{ $name }}
  replicas: 1
  selector:
    matchLabels:
      {{- include "gatehouse-lib.selector" $c | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "gatehouse-lib.labels" $c | nindent 8 }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext:
        {{- include "gatehouse-lib.user" (dict "id" 999 "v" .v) | nindent 8 }}
      containers:
        - name: redis
          image: {{ $trial.image | default "redis:8.2" }}
          args: [/etc/redis/redis.conf]
          securityContext:
            {{- include "gatehouse-lib.confinement" . | nindent 12 }}
          ports:
            - name: redis
              containerPort: 6379
          readinessProbe:
            tcpSocket: {port: redis}
            periodSeconds: 2
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 512Mi}
          volumeMounts:
            - name: configuration
              mountPath: /etc/redis
              readOnly: true
            - name: data
              mountPath: /data
      volumes:
        - name: configuration
          secret:
            secretName: {{ $name }}
            defaultMode: 288
            items:
              - {key: redis.conf, path: redis.conf}
        {{- if not $trial.storage }}
        - name: data
          emptyDir: {}
        {{- end }}
  {{- if $trial.storage }}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: {{ $trial.storage }}
  {{- end }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "gatehouse-lib.metadata" $c | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "gatehouse-lib.selector" $c | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: gatehouse
              app.kubernetes.io/instance: {{ .root.Release.Name }}
      ports:
        - port: redis
{{- end -}}

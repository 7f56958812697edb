{{- define "gatehouse-lib.network-policy" -}}
{{- if include "gatehouse-lib.unless-off" .v.networkPolicy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "gatehouse-lib.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "gatehouse-lib.selector" . | nindent 6 }}
  policyTypes: [Ingress{{ if .v.networkPolicy.egress }}, Egress{{ end }}]
  ingress:
    - from:
        {{- with .v.networkPolicy.gateways }}
        {{- toYaml . | nindent 8 }}
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: gatehouse
        {{- else }}
        - namespaceSelector: {}
        {{- end }}
      ports:
        - port: grpc
        - port: http
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: gatehouse
        {{- with .v.networkPolicy.monitoring }}
        {{- toYaml . | nindent 8 }}
        {{- else }}
        - namespaceSelector: {}
          podSelector:
            matchLabels:
              app.kubernetes.io/name: prometheus
        {{- end }}
      ports:
        - port: management
  {{- with .v.networkPolicy.egress }}
  egress:
    - ports:
        - {port: 53, protocol: UDP}
        - {port: 53, protocol: TCP}
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: gatehouse
    {{- if include "gatehouse-lib.reads-kubernetes" $ }}
    # The API server is no pod: it can only be told by its ports.
    - ports:
        - port: 443
        - port: 6443
    {{- end }}
    {{- range include "gatehouse-lib.redis-ports" $ | fromJsonArray }}
    - ports:
        - port: {{ . }}
    {{- end }}
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{/* The ports of a Redis of one's own, as a list in JSON. */}}
{{- define "gatehouse-lib.redis-ports" -}}
{{- $ports := list -}}
{{- if and .v.redis .v.redis.url -}}
{{- range splitList "," .v.redis.url -}}
{{- $ports = append $ports (regexFind "[0-9]+$" (trim .) | default "6379" | int) -}}
{{- end -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{- define "gatehouse-lib.certificate" -}}
{{- if .v.tls.certManager.issuer -}}
{{- $host := include "gatehouse-lib.fullname" . -}}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "gatehouse-lib.metadata" . | nindent 2 }}
spec:
  secretName: {{ include "gatehouse-lib.tls-secret" . }}
  duration: {{ .v.tls.certManager.duration | default "2160h" }}
  renewBefore: {{ .v.tls.certManager.renewBefore | default "720h" }}
  privateKey:
    algorithm: ECDSA
    encoding: PKCS8
    rotationPolicy: Always
  usages: [server auth, digital signature]
  dnsNames:
    - {{ $host }}
    - {{ $host }}.{{ .root.Release.Namespace }}
    - {{ $host }}.{{ .root.Release.Namespace }}.svc
    - {{ $host }}.{{ .root.Release.Namespace }}.svc.cluster.local
  issuerRef:
    group: cert-manager.io
    kind: {{ .v.tls.certManager.kind | default "Issuer" }}
    name: {{ .v.tls.certManager.issuer }}
{{- end -}}
{{- end -}}

{{/* What is the cache's own: where answers are kept, what encrypts them, and the encoder. */}}
{{- define "gatehouse-cache.own" -}}
{{- if .v.cache.encrypt -}}
sealing:
  variable: GATEHOUSE_CACHE_KEY_FILE
  secret: {{ .v.cache.existingSecret | default (printf "%s-sealing-keys" (include "gatehouse-lib.fullname" .)) }}
  key: {{ .v.cache.key }}
  made: {{ not .v.cache.existingSecret }}
{{- end }}
variables:
  GATEHOUSE_CACHE_MEMORY_BYTES: {{ include "gatehouse-lib.text" .v.cache.memoryBytes | quote }}
  GATEHOUSE_EMBEDDING_MODEL: {{ .v.embedding.model | quote }}
  GATEHOUSE_EMBEDDING_FILE: {{ .v.embedding.file | quote }}
  GATEHOUSE_EMBEDDING_TOKENIZER: {{ .v.embedding.tokenizer | quote }}
  GATEHOUSE_EMBEDDING_POOLING: {{ .v.embedding.pooling | quote }}
  GATEHOUSE_EMBEDDING_URL: {{ .v.embedding.url | quote }}
  GATEHOUSE_EMBEDDING_DIMENSIONS: {{ .v.embedding.dimensions | toJson }}
  GATEHOUSE_EMBEDDING_THREADS: {{ .v.embedding.threads | toJson }}
  GATEHOUSE_EMBEDDING_DEADLINE: {{ .v.embedding.deadline | quote }}
  GATEHOUSE_EMBEDDING_QUEUE: {{ .v.embedding.queue | toJson }}
  GATEHOUSE_EMBEDDING_RECENT_TEXTS: {{ .v.embedding.recentTexts | toJson }}
  DJL_CACHE_DIR: /tmp/djl
{{- if .v.embedding.apiKeySecret }}
  GATEHOUSE_EMBEDDING_API_KEY_FILE: /var/run/gatehouse/embedding/api-key
volumes:
  embedding-key:
    path: /var/run/gatehouse/embedding
    secret:
      secretName: {{ .v.embedding.apiKeySecret }}
      defaultMode: 288
      items:
        - key: {{ .v.embedding.apiKeyKey }}
          path: api-key
{{- end }}
{{- end -}}

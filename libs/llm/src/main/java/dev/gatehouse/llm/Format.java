package dev.gatehouse.llm;

/** The provider formats that can be read. Dialects (Azure, Mistral, Groq, DeepSeek, OpenRouter, vLLM ...) are part of OpenAI's. */
public enum Format {
    /** {@code POST /v1/chat/completions}. */ OPENAI_CHAT,
    /** {@code POST /v1/completions}. */ OPENAI_COMPLETIONS,
    /** {@code POST /v1/responses}. */ OPENAI_RESPONSES,
    /** {@code POST /v1/embeddings}. */ OPENAI_EMBEDDINGS,
    /** {@code POST /v1/messages}, also on Vertex ({@code :rawPredict}) and Bedrock ({@code /model/{m}/invoke}). */ ANTHROPIC_MESSAGES,
    /** {@code :generateContent} and {@code :streamGenerateContent}, Gemini API and Vertex. */ GEMINI_GENERATE,
    /** {@code :embedContent} and {@code :batchEmbedContents}. */ GEMINI_EMBEDDINGS,
    /** {@code /model/{m}/converse} and {@code /converse-stream}. */ BEDROCK_CONVERSE,
    /** Cohere {@code /v2/embed}. */ COHERE_EMBED,
    /** Model Context Protocol: JSON-RPC 2.0 over streamable HTTP. */ MCP
}

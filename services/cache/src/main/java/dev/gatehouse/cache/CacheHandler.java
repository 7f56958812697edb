package dev.gatehouse.cache;

import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.reply.CacheReplies;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ProviderErrors;

/** One exchange under one policy. */
final class CacheHandler implements Handler {

    private final CompiledCache cache;
    private final RequestHead head;

    CacheHandler(CompiledCache cache, RequestHead head) {
        this.cache = cache;
        this.head = head;
    }

    @Override
    public RequestVerdict request(Request request) {
        return RequestVerdict.forward(HandOver.none().with(CacheFeature.NAME, HandOver.CACHE, "bypass"));
    }

    @Override
    public boolean wantsResponse() {
        return false;
    }

    @Override
    public LocalReply failed(Failure failure) {
        return new CacheReplies(cache.name()).failed(ProviderErrors.of(Format.OPENAI_CHAT), failure);
    }
}

package dev.gatehouse.ratelimit.settle;

import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.LlmResponse.Output;
import dev.gatehouse.llm.LlmResponse.ToolCall;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.ratelimit.admit.TokenUse;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.tokens.TokenCount;
import dev.gatehouse.tokens.TokenCounter;
import java.util.OptionalLong;

/**
 * What an exchange used, and how that is known.
 *
 * @param use     the tokens
 * @param counted the answer's tokens by our own count; zero where the provider's number made it needless
 * @param source  who says so
 */
public record Used(TokenUse use, TokenCount counted, Source source) {

    /** Where the number of output tokens comes from. */
    public enum Source { PROVIDER, COUNTED, BYTES }

    /** What a token of English takes, for answers that cannot be read. */
    private static final int BYTES_PER_TOKEN = 4;

    /**
     * The provider's numbers where they can be: a number that is missing, negative, or 0 where there plainly was something, is not
     * believed, and our count takes its place. Of an answer that did not come to its end the provider has only told what it had done
     * when it told it: the largest of its number, our count of what was delivered and what an inner service has seen holds.
     *
     * @param told tokens that an inner service says have come from the model, or 0
     */
    static Used of(Asked asked, AnswerMeter meter, TokenCounter counter, long told) {
        LlmResponse response = meter.response();
        Usage usage = response.usage();
        String model = model(asked, response, counter);
        long input = believed(usage.input(), asked.input().tokens());
        OptionalLong said = usage.output().isPresent() && usage.output().getAsLong() >= 0 ? usage.output() : OptionalLong.empty();
        if (meter.isWhole() && said.orElse(0) > 0) {
            return new Used(TokenUse.of(input, said.getAsLong(), usage), TokenCount.ZERO, Source.PROVIDER);
        }
        TokenCount counted = count(counter, model, response);
        long delivered = Math.max(counted.tokens(), meter.isReadable() ? 0 : unread(asked, meter));
        long output = Math.max(Math.max(delivered, said.orElse(0)), told);
        Source source = delivered >= said.orElse(0) ? (delivered > counted.tokens() ? Source.BYTES : Source.COUNTED) : Source.PROVIDER;
        return new Used(TokenUse.of(input, output, usage), counted, source);
    }

    /** A server's own name for a model (a path, a deployment) tells less than the one that was asked for. */
    static String model(Asked asked, LlmResponse response, TokenCounter counter) {
        return response.model().map(reported -> counter.telling(reported, asked.model())).orElse(asked.model());
    }

    /** All texts that the model wrote: answers, reasoning, refusals, calls. */
    static TokenCount count(TokenCounter counter, String model, LlmResponse response) {
        TokenCount sum = TokenCount.ZERO;
        for (Output output : response.outputs()) {
            sum = sum.plus(counter.text(model, output.text()));
        }
        for (ToolCall call : response.toolCalls()) {
            sum = sum.plus(counter.text(model, call.name())).plus(counter.text(model, call.arguments()));
        }
        return sum;
    }

    /** Embeddings are bytes, no text. */
    private static long unread(Asked asked, AnswerMeter meter) {
        return asked.bound().answers() == 0 ? 0 : meter.bytes() / BYTES_PER_TOKEN;
    }

    private static long believed(OptionalLong said, long counted) {
        return said.orElse(0) > 0 ? said.getAsLong() : counted;
    }
}

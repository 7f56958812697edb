package dev.gatehouse.risk.moderation;

import dev.gatehouse.risk.moderation.Opinion.Objection;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A model that judges a conversation and says {@code safe}, or {@code unsafe} with a line of categories (Llama Guard), or {@code No} and
 * {@code Yes} to whether it violates a policy (ShieldGemma).
 *
 * @param instruction what a model is told that was not trained to judge; it has to answer in those words
 * @param categories  that count; all when empty
 */
record JudgeModel(ChatModel model, Optional<String> instruction, Set<String> categories) implements Moderator {

    private static final Set<String> FINE = Set.of("safe", "no");
    private static final Set<String> OBJECTED = Set.of("unsafe", "yes");
    private static final int MAX_PROMPT = 4_000;
    private static final int MAX_CATEGORIES = 16;

    @Override
    public Opinion judge(Passage passage) throws ModerationFailed, InterruptedException {
        return opinion(ask(passage));
    }

    private String ask(Passage passage) throws ModerationFailed, InterruptedException {
        List<ChatMessage> conversation = new ArrayList<>();
        instruction.ifPresent(words -> conversation.add(SystemMessage.from(words)));
        conversation.add(UserMessage.from(question(passage.prompt())));
        conversation.add(AiMessage.from(passage.inContext()));
        try {
            return model.chat(conversation).aiMessage().text();
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the exchange is over");
            }
            throw new ModerationFailed(e.getClass().getSimpleName());
        }
    }

    /** Conversations have a question first, and none is empty. */
    private static String question(String prompt) {
        return prompt.isBlank() ? "-" : prompt.substring(Math.max(0, prompt.length() - MAX_PROMPT));
    }

    private Opinion opinion(String said) throws ModerationFailed {
        String[] words = said == null ? new String[0] : said.strip().toLowerCase(Locale.ROOT).split("[\\s,.:;]+");
        String first = words.length == 0 ? "" : words[0];
        if (FINE.contains(first)) {
            return Opinion.NONE;
        }
        if (!OBJECTED.contains(first)) {
            throw new ModerationFailed("neither safe nor unsafe");
        }
        List<Objection> named = Arrays.stream(words).skip(1).limit(MAX_CATEGORIES).map(word -> new Objection(Categories.named(word), 1)).toList();
        return Opinion.against(named.isEmpty() ? List.of(new Objection("unsafe", 1)) : counting(named));
    }

    private List<Objection> counting(List<Objection> named) {
        return named.stream().filter(objection -> categories.isEmpty() || categories.contains(objection.category())).toList();
    }
}

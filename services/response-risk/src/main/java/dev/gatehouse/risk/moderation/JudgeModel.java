package dev.gatehouse.risk.moderation;

import com.google.re2j.Pattern;
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
    /** Llama Guard's categories: S1, S2 ... */
    private static final Pattern NUMBERED = Pattern.compile("s[0-9]{1,2}");
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
        List<String> named = Arrays.stream(words).skip(1).limit(MAX_CATEGORIES).map(this::known).distinct().toList();
        boolean counts = categories.isEmpty() || named.isEmpty() || named.stream().anyMatch(categories::contains);
        return counts ? Opinion.against(counting(named)) : Opinion.NONE;
    }

    /** Whatever else a model says may be the text that it read, which has no place in a metric. */
    private String known(String word) {
        return categories.contains(word) || NUMBERED.matches(word) ? word : "other";
    }

    private List<Objection> counting(List<String> named) {
        List<String> counting = named.stream().filter(name -> categories.isEmpty() || categories.contains(name)).toList();
        return counting.isEmpty() ? List.of(new Objection("unsafe", 1)) : counting.stream().map(name -> new Objection(name, 1)).toList();
    }
}

package dev.gatehouse.risk.moderation;

/** Judges stretches of an answer. Thread-safe; calls block. */
@FunctionalInterface
public interface Moderator {

    /**
     * A stretch of an answer.
     *
     * @param prompt what the user asked last, for what judges a conversation; may be empty
     * @param before the end of what came before it, which has been judged
     * @param text   the stretch
     */
    record Passage(String prompt, String before, String text) {

        /** The stretch and what came before it. */
        String inContext() {
            return before + text;
        }

        /** Never shows the texts. */
        @Override
        public String toString() {
            return "Passage[" + text.length() + " chars]";
        }
    }

    /**
     * @throws ModerationFailed     when there is no opinion: no connection, no answer in time, not understood
     * @throws InterruptedException when the exchange ended meanwhile
     */
    Opinion judge(Passage passage) throws ModerationFailed, InterruptedException;
}

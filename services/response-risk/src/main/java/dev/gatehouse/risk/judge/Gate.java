package dev.gatehouse.risk.judge;

/** What stands between a text that our own rules have let on and the client: nothing, or rules that ask endpoints. */
interface Gate {

    /** Lets everything on at once. */
    Gate OPEN = new Gate() {
        @Override
        public String feed(String text) {
            return text;
        }

        @Override
        public String end() {
            return "";
        }

        @Override
        public int heldBack() {
            return 0;
        }

        @Override
        public void poll() {}

        @Override
        public void close() {}
    };

    /** Takes more text; gives what may pass on now. */
    String feed(String text) throws InterruptedException;

    /** The text has ended: waits for all verdicts and gives the rest. */
    String end() throws InterruptedException;

    /** UTF-16 units that wait. */
    int heldBack();

    /** Takes note of verdicts that have come. */
    void poll() throws InterruptedException;

    /** Nobody waits for verdicts any more. */
    void close();
}

package io.bywash.core.worker;

import java.io.PrintWriter;
import java.io.Writer;

/** Exceptions of handlers, whose messages are code of handlers too. */
final class Printable {
    private Printable() {}

    /** Returns what was thrown, or something that stands for it if it cannot even be printed. */
    static Throwable of(Throwable thrown) {
        try {
            thrown.printStackTrace(new PrintWriter(Writer.nullWriter()));
            return thrown;
        } catch (RuntimeException | StackOverflowError e) {
            RuntimeException substitute = new RuntimeException(thrown.getClass().getName()
                    + ", whose message cannot be read: " + e.getClass().getName());
            substitute.setStackTrace(thrown.getStackTrace());
            return substitute;
        }
    }
}

package io.bywash.chaos.process;

import java.io.IOException;
import java.io.OutputStream;

/** Ends a child when its standard input does, which happens also when its parent is killed. */
public final class ParentWatch {
    private static final int ORPHANED = 3;

    private ParentWatch() {}

    /** Begins to watch, on a thread that keeps nothing alive. */
    public static void begin() {
        Thread thread = new Thread(ParentWatch::watch, "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input is gone: " + e);
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}

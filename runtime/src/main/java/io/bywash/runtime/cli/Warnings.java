package io.bywash.runtime.cli;

import io.bywash.runtime.plan.Preparation;
import java.io.PrintWriter;

/** Prints what is probably a mistake but keeps nothing from running. */
final class Warnings {
    private Warnings() {}

    static void print(Preparation preparation, PrintWriter err) {
        preparation.problems().warnings().forEach(problem -> err.println("warning: " + problem));
        preparation.plan().notes().forEach(note -> err.println("warning: " + note));
        err.flush();
    }
}

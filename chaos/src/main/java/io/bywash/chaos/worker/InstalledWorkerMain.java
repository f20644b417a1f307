package io.bywash.chaos.worker;

import io.bywash.chaos.process.ParentWatch;
import io.bywash.runtime.cli.Main;

/** The process of a worker as an installation has it: with a configuration, extensions, exit codes, and a log of everything. */
public final class InstalledWorkerMain {
    private InstalledWorkerMain() {}

    /**
     * Runs until it is told to stop.
     *
     * @param arguments the file for its journal, new for each process, and the file with its configuration
     */
    public static void main(String[] arguments) {
        ParentWatch.begin();
        System.setProperty("logback.configurationFile", "logback-everything.xml");
        Journal.ofProcess(arguments[0]);
        Main.main(new String[] {"run", "-c", arguments[1]});
    }
}

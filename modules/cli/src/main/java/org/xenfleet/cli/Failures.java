package org.xenfleet.cli;

import java.io.PrintWriter;
import org.xenfleet.results.OutputException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a sentence and an exit code. Stack traces are for those who set XENFLEET_DEBUG=1. */
final class Failures {
    private static final boolean DEBUG = "1".equals(System.getenv("XENFLEET_DEBUG"));

    private Failures() {}

    /** A command line that cannot be understood. */
    static int badCommandLine(Streams streams, ParameterException e) {
        streams.say(
                "error: " + (e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : e.getMessage()));
        PrintWriter err = e.getCommandLine().getErr();
        UnmatchedArgumentException.printSuggestions(e, err);
        err.flush();
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        streams.say("Try '" + name + " --help'.");
        return Exit.BAD_INPUT;
    }

    private static String unknown(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        if (word.startsWith("-")) {
            return "There is no option '" + word + "'.";
        }
        boolean command = e.getCommandLine().getParent() == null;
        return (command ? "There is no command '" : "There is one word too many: '") + word + "'.";
    }

    /** Anything else that nobody else handled. */
    static int tell(Streams streams, Throwable e) {
        if (e instanceof OutputException) {
            streams.say("error: " + e.getMessage());
        } else if (e instanceof OutOfMemoryError) {
            streams.say("error: Java has no memory left. Give it more with XENFLEET_JAVA_OPTIONS=-Xmx8g or the like,"
                    + " or simulate fewer hosts.");
        } else {
            String message = e.getMessage();
            streams.say("error: Internal error, please report it: "
                    + e.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                    + (DEBUG ? "" : " (XENFLEET_DEBUG=1 shows where)"));
        }
        if (DEBUG) {
            e.printStackTrace(streams.err());
        }
        return Exit.INTERNAL;
    }
}

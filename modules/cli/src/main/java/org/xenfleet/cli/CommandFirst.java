package org.xenfleet.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Lets options stand anywhere, also before the command: {@code xenfleet --seed 7 run FILE}. */
final class CommandFirst {
    private CommandFirst() {}

    /** The words with the command's name first, if options come before it; otherwise as they are. */
    static String[] reorder(CommandLine line, String... words) {
        int at = 0;
        while (at < words.length && words[at].startsWith("-")) {
            at += takesNextWord(line, words[at]) ? 2 : 1;
        }
        if (at == 0 || at >= words.length || !line.getSubcommands().containsKey(words[at])) {
            return words;
        }
        List<String> reordered = new ArrayList<>(List.of(words));
        reordered.add(0, reordered.remove(at));
        return reordered.toArray(String[]::new);
    }

    private static boolean takesNextWord(CommandLine line, String word) {
        return line.getSubcommands().values().stream()
                .map(command -> command.getCommandSpec().findOption(word))
                .anyMatch(CommandFirst::takesValue);
    }

    private static boolean takesValue(@Nullable OptionSpec option) {
        return option != null && option.arity().min() > 0;
    }
}

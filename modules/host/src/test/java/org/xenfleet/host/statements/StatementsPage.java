package org.xenfleet.host.statements;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.xenfleet.host.statements.Statement.Trial;

/** Makes docs/statements.md from what the statements come to. */
final class StatementsPage {
    private final Path folder;

    StatementsPage(Path folder) {
        this.folder = folder;
    }

    String page() {
        StringBuilder page = new StringBuilder("""
                # The 25 statements

                What a simulator of long hypercalls must get right, statement by statement (xen-semantics section 9): what it says, on which
                hosts `StatementsTest` tries it, which figures come out and between which bounds they have to be. The last column is the
                counter-trial: the same host without what the statement rests on, a mechanism that is switched off (`xen.mechanisms`) or a
                precondition that is taken away; there a figure in bold is out of its bounds, as one has to be. Where a statement leaves room, three
                hosts more are drawn by seeds that the names of the tests say.

                This page is made by `StatementsDocsTest`.
                """);
        for (Statement statement : Statements.all()) {
            page.append("\n## ").append(statement.number()).append("\n\n");
            page.append(statement.says())
                    .append(" (`")
                    .append(statement.getClass().getSimpleName())
                    .append("`)\n");
            for (Trial trial : statement.trials()) {
                page.append("\n**").append(trial.name()).append("**\n\n");
                page.append("| figure | found | has to be | without ")
                        .append(statement.leftOut())
                        .append(" |\n|---|---|---|---|\n");
                page.append(rows(statement, trial));
            }
        }
        return page.toString();
    }

    private String rows(Statement statement, Trial trial) {
        String key = statement.number() + "-" + Integer.toHexString(trial.name().hashCode());
        List<Figure> figures = statement.figures(new Lab(folder.resolve(key), List.of()), trial);
        List<Figure> without =
                statement.figures(new Lab(folder.resolve("without-" + key), statement.leaveOut()), trial);
        return figures.stream()
                .map(f ->
                        "| " + f.what() + " | " + f.shown() + " | " + f.bounds() + " | " + counter(f, without) + " |\n")
                .collect(Collectors.joining());
    }

    private static String counter(Figure figure, List<Figure> without) {
        return without.stream()
                .filter(w -> w.what().equals(figure.what()))
                .map(w -> w.holds() ? w.shown() : "**" + w.shown() + "**")
                .findFirst()
                .orElse("");
    }
}

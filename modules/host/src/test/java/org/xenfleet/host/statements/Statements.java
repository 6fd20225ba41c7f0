package org.xenfleet.host.statements;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All statements, in the order of their numbers. */
final class Statements {
    private Statements() {}

    static List<Statement> all() {
        return Stream.of(WalkStatements.all(), OutageStatements.all(), SchedulingStatements.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(Statement::number))
                .toList();
    }
}

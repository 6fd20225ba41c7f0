package org.xenfleet.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A scenario is refused. Its message has one line per problem. */
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf of a record: never written, exceptions of this type stay in the JVM
    private final transient List<Problem> problems;

    public ScenarioException(Collection<Problem> problems) {
        super(problems.stream().distinct().sorted(ORDER).map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems.stream().distinct().sorted(ORDER).toList();
    }

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::message);

    /** At least one, without repetition, by file, line and column. */
    public List<Problem> problems() {
        return problems;
    }
}

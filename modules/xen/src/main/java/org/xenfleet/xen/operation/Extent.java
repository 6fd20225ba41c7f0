package org.xenfleet.xen.operation;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How much one call of an operation does, where its file says so in amounts; {@code catalogue.conf} says what each component
 * means. Immutable.
 *
 * @param iterations how often it iterates; means something only where it iterates over an amount
 * @param within how often each iteration does what its cost is for, with no test in between
 * @param limits what is refused before anything is done, in the order in which Xen looks
 * @param addsTo what the target has one more of after every call that has done its work, with {@link Amount#STATE}
 * @param takesFrom what the target has one fewer of after every iteration, with {@link Amount#STATE}
 * @param race who has to go on running for the call to go on
 */
public record Extent(
        Amount iterations,
        Amount within,
        List<Limit> limits,
        Optional<String> addsTo,
        Optional<String> takesFrom,
        Race race) {
    public static final Extent PLAIN =
            new Extent(Amount.ONE, Amount.ONE, List.of(), Optional.empty(), Optional.empty(), Race.NONE);

    /** A call with more than {@code most} of something is answered with {@code result}, which is 0 or an errno. */
    public record Limit(Amount of, long most, int result) {}

    /** Whose vCPUs keep a call going: it comes to its end with the iteration in which none of them runs any more. */
    public enum Race {
        NONE,
        /** Another vCPU of the domain that calls. */
        SIBLING,
        /** The vCPU that runs the device model of the domain that calls. */
        DEVICE_MODEL
    }

    public Extent {
        limits = List.copyOf(limits);
    }

    /** Whether every iteration costs what the operation's cost says, and no more. */
    public boolean isSingle() {
        return within.equals(Amount.ONE);
    }

    /** Whether it changes what its target has accumulated. */
    public boolean changesState() {
        return addsTo.isPresent() || takesFrom.isPresent();
    }

    /** The names of all amounts in it. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(iterations.names());
        names.addAll(within.names());
        limits.forEach(l -> names.addAll(l.of().names()));
        addsTo.ifPresent(names::add);
        takesFrom.ifPresent(names::add);
        return names;
    }
}

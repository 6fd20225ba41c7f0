package org.xenfleet.xen.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.p2m.P2m;
import org.xenfleet.xen.p2m.RangeWork;

/**
 * A hypercall of the catalogue, as one release has it or as its file has it without the differences of releases;
 * {@code catalogue.conf} says what each component means. Immutable.
 *
 * @param hvmCallers lines in which HVM and PVH guests may issue it
 * @param on what it works on
 * @param checks in the order in which Xen makes them
 * @param extent how much it does, where that is given in amounts
 * @param most entries that one call can have
 * @param lock what it holds over a slice, where the domain it works on has a p2m
 * @param exhausted returned where the paging pool has no page for a table
 * @param access what the access codes of its arguments stand for
 * @param variants the first that applies says when it tests for preemption
 * @param stages what a call does, in this order
 * @param differences the first that applies is there instead of it; none in one that is there instead
 */
public record Operation(
        String name,
        String hypercall,
        OptionalInt subOp,
        ReleaseRange releases,
        ReleaseRange hvmCallers,
        On on,
        List<Check> checks,
        Iterates iterates,
        Extent extent,
        long most,
        Effect effect,
        Cost cost,
        Lock lock,
        Returns returns,
        Exhausted exhausted,
        AccessCodes access,
        List<Variant> variants,
        List<Stage> stages,
        List<Difference> differences) {

    /** What stands in place of a hypercall's name for work that is only a stage of others. */
    private static final String INTERNAL = "internal";

    /** What an operation works on. */
    public enum On {
        SELF,
        OTHER,
        /** Another domain if the arguments name one, else the caller. */
        ANY,
        HOST
    }

    /** What an operation holds of the p2m that it works on. */
    public enum Lock {
        NONE,
        P2M_READ,
        P2M_WRITE
    }

    /** What an operation goes over, and so which arguments it has. */
    public enum Iterates {
        P2M_RANGE,
        P2M_ENTRY,
        LIST,
        CALLS,
        ONCE,
        /** All pages that the target has. */
        TARGET_PAGES,
        /** All pages of the target's paging pool. */
        POOL_PAGES,
        /** All domains that are listed. */
        DOMAINS,
        /** As many as its {@link Extent} says. */
        AMOUNT;

        /** All that a file can name; an amount has no word. */
        static Iterates[] words() {
            return Arrays.copyOf(values(), AMOUNT.ordinal());
        }
    }

    /** What one iteration does, besides taking time. */
    public enum Effect {
        SET_ACCESS,
        GIVE_BACK,
        TAKE,
        /** A page of a dying domain goes back to the host. */
        RELINQUISH,
        /** A page cannot be written to until it is touched. */
        WRITE_PROTECT,
        NONE
    }

    /** What comes back at the end of a call. */
    public enum Returns {
        ZERO,
        DONE,
        RELEASE,
        MAX_GFN,
        ACCESS
    }

    /** The errno when the paging pool is empty, for the new table of a hole and for the split of a superpage. */
    public record Exhausted(int hole, int split) {
        /** Of operations that need no tables. */
        public static final Exhausted NEVER = new Exhausted(0, 0);
    }

    /** Of one iteration: the key of the scenario's costs, what it is for the documentation, and its levels in ns. */
    public record Cost(String key, String meaning, long lowNs, long defaultNs, long highNs) {
        public long at(CostLevel level) {
            return switch (level) {
                case LOW -> lowNs;
                case DEFAULT -> defaultNs;
                case HIGH -> highNs;
            };
        }
    }

    /**
     * When an operation tests for preemption.
     *
     * @param every iterations between two tests; 0 for never
     * @param beforeFirst whether there is a test before the first iteration too
     */
    public record Cadence(long every, boolean beforeFirst, Progress progress) {
        public boolean isPreemptible() {
            return every > 0;
        }

        /** The same once a test before the first iteration, if there is one, has been made. */
        public Cadence pastFirstTest() {
            return new Cadence(every, false, progress);
        }
    }

    /** A cadence and where it holds: without the fix of an advisory, if one is named, in these lines. */
    public record Variant(Optional<String> withoutFix, ReleaseRange releases, Cadence cadence) {}

    /** What the operation is without the fix of an advisory, if one is named, in some releases, of one width if one is given. */
    public record Difference(Optional<String> withoutFix, ReleaseRange releases, OptionalInt bits, Operation instead) {
        boolean applies(XenVersion version, int toBits, Predicate<String> hasFix) {
            return releases.contains(version)
                    && bits.orElse(toBits) == toBits
                    && withoutFix.map(fix -> !hasFix.test(fix)).orElse(true);
        }
    }

    public Operation {
        differences = List.copyOf(differences);
        checks = List.copyOf(checks);
        variants = List.copyOf(variants);
        stages = List.copyOf(stages);
        boolean atTarget = false;
        for (Check check : checks) {
            if (atTarget && !check.isAtTarget()) {
                throw new IllegalArgumentException(check.label() + " comes after a check that needs the target");
            }
            atTarget |= check.isAtTarget();
        }
        for (Variant variant : variants) {
            Cadence cadence = variant.cadence();
            if (cadence.isPreemptible() != (cadence.progress() != Progress.NONE)) {
                throw new IllegalArgumentException(
                        "a call that is cut off has to keep its progress somewhere, and no other has to");
            }
            if (cadence.every() % cadence.progress().unit() != 0) {
                throw new IllegalArgumentException("tests every " + cadence.every()
                        + " iterations, but its progress keeps multiples of "
                        + cadence.progress().unit() + " only");
            }
        }
        if (variants.isEmpty() || !isForAll(variants.get(variants.size() - 1))) {
            throw new IllegalArgumentException("the last line of preemption must apply everywhere");
        }
    }

    private static boolean isForAll(Variant variant) {
        return variant.withoutFix().isEmpty() && variant.releases().equals(ReleaseRange.ALL);
    }

    /** Whether it is only a stage of other calls, and nobody can issue it. */
    public boolean isInternal() {
        return hypercall.equals(INTERNAL);
    }

    /** The operations whose iterations are stages of it, in any release, with any fix. */
    public SortedSet<String> works() {
        SortedSet<String> works = new TreeSet<>();
        stages.stream()
                .filter(s -> s.kind() == Stage.Kind.WORK)
                .forEach(s -> s.work().ifPresent(works::add));
        differences.forEach(d -> works.addAll(d.instead().works()));
        return works;
    }

    /** The names of the locks of the host that it takes, in any release, with any fix; without that of domctls. */
    public SortedSet<String> locks() {
        SortedSet<String> locks = new TreeSet<>();
        stages.stream()
                .filter(s -> s.kind() == Stage.Kind.LOCK)
                .forEach(s -> s.work().ifPresent(locks::add));
        differences.forEach(d -> locks.addAll(d.instead().locks()));
        return locks;
    }

    /** Whether a call does more than its own iterations. */
    public boolean isStaged() {
        return stages.size() != 1 || !stages.get(0).equals(Stage.OWN_WORK);
    }

    public boolean has(Stage.Kind kind) {
        return stages.stream().anyMatch(s -> s.kind() == kind);
    }

    /** Whether a call with these arguments works on its caller, or on nobody in particular. */
    public boolean worksOnCaller(CallRequest request) {
        return on == On.SELF || on == On.HOST || (on == On.ANY && request.domid() == CallRequest.DOMID_SELF);
    }

    /** Whether it may work on another domain than its caller. */
    public boolean onAnother() {
        return on == On.OTHER || on == On.ANY;
    }

    /**
     * The operation as a release has it, if it has it at all.
     *
     * @param bits width of the hypervisor
     * @param hasFix whether the hypervisor has the fix of an advisory
     */
    public Operation in(XenVersion version, int bits, Predicate<String> hasFix) {
        return differences.stream()
                .filter(d -> d.applies(version, bits, hasFix))
                .findFirst()
                .map(Difference::instead)
                .orElseGet(this::alone);
    }

    /** The same without what is there instead of it elsewhere. */
    private Operation alone() {
        return new Operation(
                name,
                hypercall,
                subOp,
                releases,
                hvmCallers,
                on,
                checks,
                iterates,
                extent,
                most,
                effect,
                cost,
                lock,
                returns,
                exhausted,
                access,
                variants,
                stages,
                List.of());
    }

    /** The names of the amounts that it depends on, in any release, with any fix. */
    public SortedSet<String> amounts() {
        SortedSet<String> names = new TreeSet<>(extent.names());
        differences.forEach(d -> names.addAll(d.instead().amounts()));
        return names;
    }

    /** Whether its iterations have no end in some release, or without some fix. */
    boolean isEverEndless() {
        return iterates == Iterates.AMOUNT && extent.iterations().isInfinite()
                || differences.stream().anyMatch(d -> d.instead().isEverEndless());
    }

    /** The advisories whose fix makes it another. */
    public SortedSet<String> advisories() {
        SortedSet<String> advisories = new TreeSet<>();
        variants.forEach(v -> v.withoutFix().ifPresent(advisories::add));
        differences.forEach(d -> {
            d.withoutFix().ifPresent(advisories::add);
            advisories.addAll(d.instead().advisories());
        });
        return advisories;
    }

    /** Whether both do the same and differ, if at all, in when they test for preemption. */
    public boolean doesTheSameAs(Operation other) {
        return withoutVariants().equals(other.withoutVariants());
    }

    private List<Object> withoutVariants() {
        return List.of(
                name, on, checks, iterates, extent, most, effect, cost, lock, returns, exhausted, access, stages);
    }

    /** Whether its iterations change how much memory the domain has. */
    public boolean movesMemory() {
        return effect == Effect.GIVE_BACK || effect == Effect.TAKE || effect == Effect.RELINQUISH;
    }

    /** When it tests on this release. */
    public Cadence cadence(XenVersion version, Predicate<String> hasFix) {
        return variants.stream()
                .filter(v -> v.releases().contains(version))
                .filter(v ->
                        v.withoutFix().isEmpty() || !hasFix.test(v.withoutFix().get()))
                .findFirst()
                .orElseThrow()
                .cadence();
    }

    /** Whether this release has it, built in, and it is another there with the fix of an advisory. */
    public boolean dependsOn(String advisory, XenVersion version, int bits) {
        Operation without = in(version, bits, fix -> false);
        Operation with = in(version, bits, advisory::equals);
        boolean same = without.doesTheSameAs(with)
                && without.cadence(version, fix -> false).equals(with.cadence(version, advisory::equals));
        return !same && releases.contains(version) && !without.checks().contains(Check.NOT_BUILT);
    }

    /**
     * Whether its flushes come once at the end of a slice: where Xen puts them off until the p2m's lock is dropped, and the
     * lock is really held over the slice. Those that work on a list drop it after each entry.
     */
    public boolean flushesAtEnd(XenVersion version) {
        return version.defersFlush() && lock == Lock.P2M_WRITE && iterates == Iterates.P2M_RANGE;
    }

    /**
     * What the call returns when this is its last slice and the work comes to its end.
     *
     * @param p2m of the domain worked on, as it is before the slice
     */
    public int result(CallRequest request, RangeWork work, Cadence cadence, XenVersion version, P2m p2m) {
        return switch (returns) {
            case ZERO -> work.exhausted() ? exhaustedAt(p2m.isMapped(work.first() + work.pages())) : 0;
            case DONE -> (int) Math.min(cadence.progress().done(request) + work.pages(), Integer.MAX_VALUE);
            case RELEASE -> version.number();
            case MAX_GFN -> (int) Math.min(p2m.maxMappedGfn(), Integer.MAX_VALUE);
            case ACCESS -> lookUp(request.first(), p2m);
        };
    }

    private int exhaustedAt(boolean superpage) {
        return superpage ? exhausted.split() : exhausted.hole();
    }

    /** What reading the access of a gfn returns; n2rwx has a code, but no place in the table that reports them. */
    private static int lookUp(long gfn, P2m p2m) {
        if (Long.compareUnsigned(gfn, p2m.maxMappedGfn()) > 0) {
            return Errno.EINVAL;
        }
        if (!p2m.isMapped(gfn)) {
            return Errno.ESRCH;
        }
        return p2m.accessOf(gfn) == Access.N2RWX.code() ? Errno.ERANGE : 0;
    }
}

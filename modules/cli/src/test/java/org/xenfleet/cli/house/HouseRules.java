package org.xenfleet.cli.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules of the house. A module is the package of its name below {@code root} with all packages below it. Immutable.
 *
 * @param root org.xenfleet, or the package of a house that is there to break the rules
 */
record HouseRules(String root) {
    /** What a run must be a pure function in: everything that happens in simulated time. */
    private static final List<String> SIMULATION = List.of("timeline", "xen", "libxl", "host");

    private static final List<String> SPEAK_PEKKO = List.of("timeline", "host", "fleet", "cluster");
    private static final List<String> STATELESS =
            List.of("timeline", "xen", "libxl", "host", "scenario", "fleet", "cluster");

    /** Only to look things up and never to go through, so that their order is nobody's concern. */
    private static final Set<String> MAY_HASH =
            Set.of("timeline.MessageCodec", "timeline.StandAlone", "host.CallLedger", "host.plan.HostPlanner");

    /** The two that make a host of its actors: one starts them, the other reads their timers from a snapshot. */
    private static final Set<String> MAY_KNOW_ALL_ACTORS = Set.of("host.HostSimulation", "host.HostCommand");

    /** Every module but {@code cli}, which knows all, and what it may know of the house besides itself. */
    static SortedMap<String, List<String>> directions() {
        SortedMap<String, List<String>> knows = new TreeMap<>();
        knows.put("timeline", List.of());
        knows.put("xen", List.of());
        knows.put("xlcfg", List.of());
        knows.put("observe", List.of());
        knows.put("scenario", List.of("xen", "xlcfg"));
        knows.put("results", List.of("observe"));
        knows.put("libxl", List.of("xen"));
        // xlcfg: the records of a scenario show the settings of a guest's xl file as xlcfg read them.
        knows.put("host", List.of("timeline", "xen", "libxl", "scenario", "observe", "xlcfg"));
        // observe: the summary in results shows the reports of the hosts as they came.
        knows.put("report", List.of("results", "observe"));
        knows.put("fleet", List.of("host", "timeline", "xen", "libxl", "scenario", "observe", "xlcfg", "results"));
        knows.put(
                "cluster",
                List.of("fleet", "host", "timeline", "xen", "libxl", "scenario", "observe", "xlcfg", "results"));
        return knows;
    }

    ArchRule modulesPointDown(String module) {
        List<String> known = directions().getOrDefault(module, List.of());
        return noClasses()
                .that()
                .resideInAPackage(in(module))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..")
                        .and(not(resideInAnyPackage(in(module))))
                        .and(not(resideInAnyPackage(in(known)))))
                .because(module + " knows " + (known.isEmpty() ? "nothing else of the house" : "only " + known));
    }

    ArchRule everyClassHasItsModule() {
        String[] all = in(
                Stream.concat(directions().keySet().stream(), Stream.of("cli")).toList());
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(all)
                .because("a new module says here what it may know");
    }

    ArchRule rulesAreNotActors() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(in(SPEAK_PEKKO))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.pekko..")
                .because("what Xen, xl and a manager decide are plain objects, and only " + SPEAK_PEKKO
                        + " speak by messages");
    }

    ArchRule simulationAsksNobodyOutside() {
        return classes()
                .that()
                .resideInAnyPackage(in(SIMULATION))
                .should(Outside.notBeAsked())
                .because("a run is a function of scenario, seed and model version alone");
    }

    ArchRule simulationDependsOnNoHashOrder() {
        return classes()
                .that()
                .resideInAnyPackage(in(SIMULATION))
                .should(Outside.notHash(qualified(MAY_HASH)))
                .because("the order of their elements may differ between two runs; take a list, a LinkedHashMap or a"
                        + " TreeMap, or name the class here if it only looks things up");
    }

    ArchRule actorsKnowOnlyProtocols() {
        return classes()
                .that()
                .resideInAPackage(in("host"))
                .should(new KnowOneActor(qualified(MAY_KNOW_ALL_ACTORS)))
                .because("actors import protocols and never each other, nor somebody who knows another");
    }

    ArchRule nothingStaticChanges() {
        return classes()
                .that()
                .resideInAnyPackage(in(STATELESS))
                .should(new HaveNoStaticState(root))
                .because("two runs in one process must not meet");
    }

    private List<String> qualified(Collection<String> names) {
        return names.stream().map(name -> root + "." + name).toList();
    }

    private String in(String module) {
        return root + "." + module + "..";
    }

    private String[] in(Collection<String> modules) {
        return modules.stream().map(this::in).toArray(String[]::new);
    }
}

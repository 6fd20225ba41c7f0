package org.xenfleet.cli.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a simulation must not touch: clocks, chance, the machine it runs on, and the order of hash tables. */
final class Outside {
    /** No use at all of these. */
    private static final Set<String> TYPES = Set.of(
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Date",
            "java.util.IdentityHashMap",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.WeakHashMap",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.ThreadLocalRandom",
            "org.apache.pekko.actor.typed.javadsl.AskPattern",
            "org.apache.pekko.actor.typed.javadsl.TimerScheduler");

    private static final Map<String, Set<String>> METHODS = Map.of(
            "java.lang.System",
                    Set.of(
                            "currentTimeMillis",
                            "getProperties",
                            "getProperty",
                            "getenv",
                            "identityHashCode",
                            "nanoTime"),
            "java.lang.Integer", Set.of("getInteger"),
            "java.lang.Long", Set.of("getLong"),
            "java.lang.Boolean", Set.of("getBoolean"),
            "java.lang.Thread", Set.of("sleep"),
            "java.lang.Runtime", Set.of("availableProcessors", "freeMemory", "totalMemory"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.lang.Math",
                    Set.of(
                            "acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "exp", "expm1", "hypot", "log",
                            "log10", "log1p", "pow", "random", "sin", "sinh", "tan", "tanh"),
            "org.apache.pekko.actor.typed.javadsl.Behaviors", Set.of("withTimers"),
            "org.apache.pekko.actor.typed.javadsl.ActorContext",
                    Set.of("ask", "askWithStatus", "pipeToSelf", "scheduleOnce", "setReceiveTimeout"));

    private static final Set<String> HASHING_TYPES =
            Set.of("java.util.HashMap", "java.util.HashSet", "java.util.concurrent.ConcurrentHashMap");

    /** The immutable collections of the JDK change their order from one start of Java to the next. */
    private static final Map<String, Set<String>> HASHING_METHODS = Map.of(
            "java.util.Map", Set.of("of", "ofEntries", "copyOf"),
            "java.util.Set", Set.of("of", "copyOf"),
            "java.util.stream.Collectors",
                    Set.of("toMap", "toSet", "toUnmodifiableMap", "toUnmodifiableSet", "groupingBy"));

    private Outside() {}

    static ArchCondition<JavaClass> notBeAsked() {
        return new Condition("not ask a clock, chance or the machine", TYPES, Outside::asksOutside, c -> false);
    }

    /** @param mayHash outermost classes that may */
    static ArchCondition<JavaClass> notHash(Collection<String> mayHash) {
        return new Condition(
                "not use a hash table",
                HASHING_TYPES,
                access -> isOneOf(HASHING_METHODS, access),
                origin -> mayHash.contains(KnowOneActor.outermost(origin).getName()));
    }

    private static boolean asksOutside(JavaAccess<?> access) {
        return isOneOf(METHODS, access)
                || (access.getTargetOwner().getPackageName().startsWith("java.time")
                        && access.getName().equals("now"));
    }

    private static boolean isOneOf(Map<String, Set<String>> methods, JavaAccess<?> access) {
        return methods.getOrDefault(access.getTargetOwner().getName(), Set.of()).contains(access.getName());
    }

    private static final class Condition extends ArchCondition<JavaClass> {
        private final Set<String> types;
        private final Predicate<JavaAccess<?>> refused;
        private final Predicate<JavaClass> exempt;

        Condition(
                String description, Set<String> types, Predicate<JavaAccess<?>> refused, Predicate<JavaClass> exempt) {
            super(description);
            this.types = types;
            this.refused = refused;
            this.exempt = exempt;
        }

        @Override
        public void check(JavaClass origin, ConditionEvents events) {
            if (exempt.test(origin)) {
                return;
            }
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                if (types.contains(
                        dependency.getTargetClass().getBaseComponentType().getName())) {
                    events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                }
            }
            for (JavaAccess<?> access : origin.getAccessesFromSelf()) {
                if (refused.test(access)) {
                    events.add(SimpleConditionEvent.violated(origin, access.getDescription()));
                }
            }
        }
    }
}

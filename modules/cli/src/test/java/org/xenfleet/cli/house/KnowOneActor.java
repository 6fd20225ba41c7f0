package org.xenfleet.cli.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;

/** An actor knows no other actor, and whoever is no actor knows one at most. What is nested in an actor is part of it. */
final class KnowOneActor extends ArchCondition<JavaClass> {
    private final Collection<String> exempt;

    /** @param exempt outermost classes that may know as many as they like */
    KnowOneActor(Collection<String> exempt) {
        super("know at most one actor");
        this.exempt = exempt;
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        JavaClass self = outermost(origin);
        if (exempt.contains(self.getName())) {
            return;
        }
        Set<String> known = new TreeSet<>();
        if (isActor(self)) {
            known.add(self.getName());
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
            JavaClass target = outermost(dependency.getTargetClass().getBaseComponentType());
            if (isActor(target)) {
                known.add(target.getName());
            }
        }
        if (known.size() > 1) {
            events.add(SimpleConditionEvent.violated(origin, origin.getName() + " knows the actors " + known));
        }
    }

    static JavaClass outermost(JavaClass nested) {
        JavaClass outer = nested;
        for (Optional<JavaClass> next = Optional.of(nested); next.isPresent(); next = outer.getEnclosingClass()) {
            outer = next.get();
        }
        return outer;
    }

    private static boolean isActor(JavaClass candidate) {
        return candidate.isAssignableTo(AbstractBehavior.class)
                && !candidate.getPackageName().startsWith("org.apache.pekko");
    }
}

package org.xenfleet.cli.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Static fields are final and of a type that does not change. What an interface such as {@code List} hides can be seen
 * only where it is made: a static initializer makes no collection that could be changed.
 */
final class HaveNoStaticState extends ArchCondition<JavaClass> {
    private static final List<Class<?>> CHANGING =
            List.of(Collection.class, Map.class, BitSet.class, StringBuilder.class, ThreadLocal.class);

    private final String root;

    /** @param root of the packages whose types can be looked into */
    HaveNoStaticState(String root) {
        super("have no static state that changes");
        this.root = root;
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        for (JavaField field : origin.getFields()) {
            if (field.getModifiers().contains(JavaModifier.STATIC)
                    && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                    && canChange(field)) {
                events.add(SimpleConditionEvent.violated(
                        field, field.getFullName() + " is static and can change " + field.getSourceCodeLocation()));
            }
        }
        origin.getStaticInitializer().stream()
                .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
                .filter(call -> isChanging(call.getTargetOwner()))
                .map(JavaConstructorCall::getDescription)
                .forEach(description -> events.add(SimpleConditionEvent.violated(origin, description)));
    }

    private boolean canChange(JavaField field) {
        JavaClass type = field.getRawType();
        return !field.getModifiers().contains(JavaModifier.FINAL)
                || type.isArray()
                || (!type.isInterface() && isChanging(type))
                || (isOurs(type) && hasFieldThatChanges(type));
    }

    private static boolean isChanging(JavaClass type) {
        return type.getPackageName().startsWith("java.util.concurrent")
                || CHANGING.stream().anyMatch(type::isAssignableTo);
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    private static boolean hasFieldThatChanges(JavaClass type) {
        return type.getAllFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .anyMatch(field -> !field.getModifiers().contains(JavaModifier.FINAL)
                        && !field.getOwner().getPackageName().startsWith("java."));
    }
}

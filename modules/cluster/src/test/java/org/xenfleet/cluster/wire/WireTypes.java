package org.xenfleet.cluster.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** Finds the records and enums that can be sent: those that sealed interfaces permit, and what these are made of. */
final class WireTypes {
    private final Set<Class<?>> found = new LinkedHashSet<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    private WireTypes() {}

    /**
     * @param roots sealed interfaces, records or enums
     * @return in the order of their names
     * @throws AssertionError if something in a message is neither sealed nor final, so that anything could be in it
     */
    static List<Class<?>> of(Collection<Class<?>> roots) {
        WireTypes types = new WireTypes();
        roots.forEach(types::visit);
        return types.found.stream().sorted(Comparator.comparing(Class::getName)).toList();
    }

    private void visit(Class<?> type) {
        if (!seen.add(type)) {
            return;
        }
        if (type.isEnum()) { // sealed if a constant has a class of its own
            found.add(type);
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                visit(permitted);
            }
        } else if (type.isRecord()) {
            found.add(type);
            for (RecordComponent component : type.getRecordComponents()) {
                visitPart(component.getGenericType(), component);
            }
        } else if (!Samples.isBasic(type)) {
            throw new AssertionError(type + " is neither a record, an enum nor a sealed interface");
        }
    }

    private void visitPart(Type type, RecordComponent component) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == ActorRef.class) {
                return;
            }
            visitPart(generic.getRawType(), component);
            for (Type argument : generic.getActualTypeArguments()) {
                visitPart(argument, component);
            }
        } else if (type instanceof Class<?> plain) {
            visit(plain);
        } else if (type instanceof WildcardType) {
            throw new AssertionError(
                    "anything could be in " + component.getDeclaringRecord().getName() + "." + component);
        }
    }
}

package org.xenfleet.cluster.wire;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Knows registered classes only. What implements one of a few interfaces is written as that interface, whatever class of
 * the JDK or of Pekko it is; what stands in the bytes by name is refused before anything is loaded.
 */
final class ClosedClassResolver extends DefaultClassResolver {
    /** The first that fits counts. */
    private static final List<Class<?>> INTERFACES =
            List.of(ActorRef.class, List.class, SortedSet.class, Set.class, SortedMap.class, Map.class);

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Registration getRegistration(Class type) {
        Registration registration = super.getRegistration(type);
        if (registration != null) {
            return registration;
        }
        for (Class<?> known : INTERFACES) {
            if (known.isAssignableFrom(type)) {
                Registration found = super.getRegistration(known);
                if (found != null) {
                    classToRegistration.put(type, found);
                }
                return found;
            }
        }
        return null;
    }

    @Override
    protected Registration readName(Input input) {
        throw new KryoException("the bytes name a class, which only ids may do");
    }
}

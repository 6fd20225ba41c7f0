package org.xenfleet.xen.operation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xenfleet.xen.Access;

/**
 * What the access codes of a release stand for. Immutable. Source: xen-semantics section 1.3.
 *
 * @param names by code, as the release's public header has them
 * @param refused those of them that its code refuses all the same
 */
public record AccessCodes(List<Access> names, List<Access> refused) {
    /** Of operations that set no access. */
    public static final AccessCodes NONE = new AccessCodes(List.of(), List.of());

    public AccessCodes {
        names = List.copyOf(names);
        refused = List.copyOf(refused);
        if (names.stream().distinct().count() != names.size() || !names.containsAll(refused)) {
            throw new IllegalArgumentException("access codes " + names + " of which are refused " + refused);
        }
    }

    /** What a code asks for, if the release accepts it. */
    public Optional<Access> accepted(int code) {
        return code >= 0 && code < names.size() && !refused.contains(names.get(code))
                ? Optional.of(names.get(code))
                : Optional.empty();
    }

    /** The code of an access; none where the release's header does not have it. */
    public OptionalInt codeOf(Access access) {
        int code = names.indexOf(access);
        return code < 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }
}

package org.xenfleet.xen.advisory;

import java.util.List;

/**
 * One way in which a flaw can be used. Immutable.
 *
 * @param needs all of which must be true
 * @param text what he who goes it does, as a sentence
 */
public record Way(Role role, List<Need> needs, String text) {
    public Way {
        needs = List.copyOf(needs);
    }
}

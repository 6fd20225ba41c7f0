package org.xenfleet.cluster;

import java.util.Locale;

/** What a member of a cluster is there for. Its label is its role in Pekko's sense. */
public enum NodeRole {
    /** Simulates hosts. */
    NODE,

    /** Started the other nodes for one run, and holds no hosts. A node lives exactly as long as it can reach this one. */
    LAUNCHER,

    /** Gives a run to a cluster that was there before and will be afterwards; holds no hosts. */
    CLIENT;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NodeRole of(String label) {
        for (NodeRole role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException("there is no role '" + label + "'");
    }
}

package org.xenfleet.cluster;

/** What members of a cluster are for. */
final class NodeRoles {
    /** Simulates hosts. */
    static final String NODE = "node";

    /** Belongs to a user's process, which holds no hosts, and whose side lives on when the cluster falls apart. */
    static final String LAUNCHER = "launcher";

    private NodeRoles() {}
}

package org.xenfleet.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What the options of the network come to. A pure function, but for the names that the system resolves. */
final class Networks {
    private static final String LOOPBACK = "127.0.0.1";

    private Networks() {}

    static String host(Where.Network network) {
        String bind = network.bind().orElse(LOOPBACK);
        int colon = bind.lastIndexOf(':');
        return colon < 0 ? bind : bind.substring(0, colon);
    }

    /** 0 for any that is free. */
    static int port(Where.Network network) {
        String bind = network.bind().orElse(LOOPBACK);
        int colon = bind.lastIndexOf(':');
        return colon < 0 ? 0 : Integer.parseInt(bind.substring(colon + 1));
    }

    /** Whether it names a process, such as {@code 127.0.0.1:25520}. */
    static boolean isHostPort(String text) {
        return text.matches("[^:\\s]+:[0-9]{1,5}")
                && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) < 65_536;
    }

    /**
     * Why the nodes of the cluster that a run is given to may not have its checkpoints, as a sentence; empty if they have, or
     * there is no such cluster. A node that listens on the loopback, or that others reach there, is on this machine.
     *
     * @param shared whether the store of checkpoints is one that several machines may use
     */
    static Optional<String> storeRefusal(Where where, boolean shared) {
        if (where.cluster().isEmpty() || shared) {
            return Optional.empty();
        }
        String member = where.cluster().get();
        String there = member.substring(0, member.lastIndexOf(':'));
        for (String name : new String[] {there, host(where.network())}) {
            try {
                if (!InetAddress.getByName(name).isLoopbackAddress()) {
                    return Optional.of("Nodes of the cluster with " + member + " may be on other machines, which cannot"
                            + " read checkpoints in a folder of this one. Say a store that all of them reach: --store"
                            + " 'jdbc:postgresql://HOST/DATABASE?user=NAME'.");
                }
            } catch (UnknownHostException e) {
                return Optional.of("There is no host '" + name + "'.");
            }
        }
        return Optional.empty();
    }

    /** Why it cannot be, as a sentence; empty if it can. */
    static Optional<String> refusal(Where.Network network) {
        String bind = network.bind().orElse(LOOPBACK);
        int colon = bind.lastIndexOf(':');
        if (colon >= 0
                && !bind.substring(colon + 1)
                        .matches("[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]")) {
            return Optional.of("--bind: '" + bind.substring(colon + 1) + "' is no port; possible are 0 to 65535.");
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(host(network));
        } catch (UnknownHostException e) {
            return Optional.of("--bind: there is no address " + host(network) + ".");
        }
        if (address.isAnyLocalAddress() && network.advertised().isEmpty()) {
            return Optional.of("--bind: " + host(network)
                    + " is every address of this machine; say at which others reach" + " it: --advertise HOST:PORT.");
        }
        if (!address.isLoopbackAddress() && network.key().isEmpty() && !network.insecure()) {
            return Optional.of("--bind: " + host(network) + " can be reached from other machines, and whoever reaches a"
                    + " node can make it do things. Give --tls-key, --tls-cert and --tls-ca, or say --insecure.");
        }
        return Optional.empty();
    }
}

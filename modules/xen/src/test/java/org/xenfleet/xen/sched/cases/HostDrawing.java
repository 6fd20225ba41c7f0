package org.xenfleet.xen.sched.cases;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenfleet.xen.sched.Topology;

/**
 * A host as {@code [(0 1) (2 3)][(4 5) (6 .)]}: brackets are sockets, parentheses cores of several threads, a dot is a pCPU
 * of another pool.
 */
record HostDrawing(Topology topology, BitSet pool) {
    private static final Pattern SOCKET = Pattern.compile("\\[([^\\]]*)\\]");
    private static final Pattern CORE = Pattern.compile("\\(([^)]*)\\)");

    static HostDrawing parse(String text) {
        BitSet pool = new BitSet();
        int cpus = 0;
        int sockets = 0;
        int perSocket = -1;
        int threads = -1;
        Matcher socket = SOCKET.matcher(text);
        while (socket.find()) {
            int before = cpus;
            String[] cores = cores(socket.group(1));
            for (String core : cores) {
                String[] names = core.strip().split("\\s+", -1);
                for (String name : names) {
                    if (!name.equals(".") && !name.equals(String.valueOf(cpus))) {
                        throw new NotationException(
                                "pCPUs are numbered from 0 on, or a dot: " + cpus + " comes here, not '" + name + "'");
                    }
                    pool.set(cpus++, name.equals(".") ? false : true);
                }
                threads = same(threads, names.length, "threads in every core", text);
            }
            perSocket = same(perSocket, cpus - before, "pCPUs in every socket", text);
            sockets++;
        }
        if (pool.isEmpty()) {
            throw new NotationException("the pool has no pCPU: '" + text + "'");
        }
        return new HostDrawing(new Topology(cpus, sockets, threads), pool);
    }

    private static String[] cores(String socket) {
        if (!socket.contains("(")) {
            return socket.strip().split("\\s+", -1);
        }
        if (!CORE.matcher(socket).replaceAll("").isBlank()) {
            throw new NotationException("either all pCPUs of a socket are in cores or none: '[" + socket + "]'");
        }
        return CORE.matcher(socket).results().map(r -> r.group(1)).toArray(String[]::new);
    }

    private static int same(int known, int found, String what, String text) {
        if (known >= 0 && known != found) {
            throw new NotationException("as many " + what + ": " + known + ", not " + found + " in '" + text + "'");
        }
        return found;
    }

    /** The mask, if the pool has a pCPU of it. */
    BitSet inPool(BitSet mask) {
        if (!mask.intersects(pool)) {
            throw new NotationException("the pool " + pool + " has none of the pCPUs " + mask);
        }
        return mask;
    }
}

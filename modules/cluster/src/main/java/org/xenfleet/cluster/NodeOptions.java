package org.xenfleet.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one member of a cluster is started. Immutable.
 *
 * @param role what it is there for
 * @param bind where it listens; port 0 chooses a free one
 * @param advertised where others reach it, if that is not where it listens
 * @param join a member of the cluster; without one this is the first
 * @param workers threads that simulate hosts, at least 1
 * @param tls how connections are encrypted; needed where others can connect, unless it is insecure
 * @param insecure whether others may connect without being asked who they are
 * @param launched whether a launcher sees by itself if the process of a node ends, as that of its own machine, so that
 *     heartbeats may be late
 * @param build the version of the program, with everything that could change what comes out; members have the same
 */
public record NodeOptions(
        NodeRole role,
        Endpoint bind,
        Optional<Endpoint> advertised,
        Optional<Endpoint> join,
        int workers,
        Optional<TlsFiles> tls,
        boolean insecure,
        boolean launched,
        String build) {

    public NodeOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("a node needs at least 1 worker, not " + workers);
        }
    }

    /** A node on a free port of this machine, for itself, with as many workers as do it good. */
    public static NodeOptions of(NodeRole role, String build) {
        return new NodeOptions(
                role,
                Endpoint.loopback(),
                Optional.empty(),
                Optional.empty(),
                defaultWorkers(),
                Optional.empty(),
                false,
                role == NodeRole.LAUNCHER,
                build);
    }

    /** All processors but one, which is left for the cluster's heartbeats, where there is one to leave. */
    public static int defaultWorkers() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    public NodeOptions withBind(Endpoint endpoint) {
        return new NodeOptions(role, endpoint, advertised, join, workers, tls, insecure, launched, build);
    }

    public NodeOptions withAdvertised(Endpoint endpoint) {
        return new NodeOptions(role, bind, Optional.of(endpoint), join, workers, tls, insecure, launched, build);
    }

    public NodeOptions withJoin(Endpoint member) {
        return new NodeOptions(role, bind, advertised, Optional.of(member), workers, tls, insecure, launched, build);
    }

    public NodeOptions withWorkers(int number) {
        return new NodeOptions(role, bind, advertised, join, number, tls, insecure, launched, build);
    }

    public NodeOptions withTls(TlsFiles files) {
        return new NodeOptions(role, bind, advertised, join, workers, Optional.of(files), insecure, launched, build);
    }

    public NodeOptions withInsecure() {
        return new NodeOptions(role, bind, advertised, join, workers, tls, true, launched, build);
    }

    NodeOptions withLaunched() {
        return new NodeOptions(role, bind, advertised, join, workers, tls, insecure, true, build);
    }

    /** As words that {@link #fromArguments} reads, for the command line of a process. */
    List<String> toArguments() {
        List<String> words = new ArrayList<>();
        words.add("role=" + role.label());
        words.add("bind=" + bind);
        advertised.ifPresent(endpoint -> words.add("advertised=" + endpoint));
        join.ifPresent(endpoint -> words.add("join=" + endpoint));
        words.add("workers=" + workers);
        tls.ifPresent(files -> {
            words.add("tls-key=" + files.key());
            words.add("tls-cert=" + files.certificate());
            words.add("tls-ca=" + files.authority());
        });
        words.add("insecure=" + insecure);
        words.add("launched=" + launched);
        words.add("build=" + build);
        return words;
    }

    /** Passes over words that somebody else knows. */
    static NodeOptions fromArguments(List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + word + "' is not NAME=VALUE");
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new NodeOptions(
                NodeRole.of(value(values, "role")),
                Endpoint.parse(value(values, "bind")),
                Optional.ofNullable(values.get("advertised")).map(Endpoint::parse),
                Optional.ofNullable(values.get("join")).map(Endpoint::parse),
                Integer.parseInt(value(values, "workers")),
                Optional.ofNullable(values.get("tls-key"))
                        .map(key -> new TlsFiles(
                                Path.of(key), Path.of(value(values, "tls-cert")), Path.of(value(values, "tls-ca")))),
                Boolean.parseBoolean(value(values, "insecure")),
                Boolean.parseBoolean(value(values, "launched")),
                value(values, "build"));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + name + "=");
        }
        return value;
    }
}

package org.xenfleet.host.statements;

import java.util.Map;
import java.util.stream.Stream;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/** What the statements about the call itself have in common: the guest walked over, and how to read what was seen. */
final class Walks {
    static final double MS = 1e6;
    static final int EPERM = -1;
    static final int ESRCH = -3;
    static final int EINVAL = -22;
    static final int ENODEV = -19;

    /** Costs under which a page costs its {@code p2m-entry} and nothing else as long as nobody has to be flushed. */
    static final String BARE = "flush-idle = 0ns, p2m-table = 0ns";

    private Walks() {}

    /** The xl file of an HVM guest with a stub domain. */
    static String victim(String name, long mib, long vcpus, String cpus) {
        return """
                name = "%s"
                type = "hvm"
                memory = %d
                vcpus = %d
                %s
                device_model_stubdomain_override = 1
                """.formatted(name, mib, vcpus, cpus.isEmpty() ? "" : "cpus = \"" + cpus + "\"");
    }

    /** The xl file of a PV guest of one vCPU. */
    static String pv(String name, String cpus) {
        return """
                name = "%s"
                kernel = "/boot/vmlinuz"
                memory = 512
                %s
                """.formatted(name, cpus.isEmpty() ? "" : "cpus = \"" + cpus + "\"");
    }

    /** What a release has: set_mem_access, or from 4.5.0 on access_op. */
    static String operation(String version) {
        boolean later = !version.matches("4\\.[1-4]\\..*|4\\.5-unstable.*");
        return later ? "access_op" : "set_mem_access";
    }

    /** A parameter of a trial that stands for one of some releases. */
    static Map<String, Long> release(long index) {
        return Map.of("release", index);
    }

    static Stream<Recorder.Call> callsOf(TestHost.Outcome outcome, String caller) {
        return outcome.seen().calls.stream().filter(c -> c.caller().equals(caller));
    }

    /** What the call of that number of a caller returned; {@code Integer.MIN_VALUE} if it never did. */
    static int returned(TestHost.Outcome outcome, String caller, int number) {
        return callsOf(outcome, caller)
                .skip(number)
                .mapToInt(Recorder.Call::returned)
                .findFirst()
                .orElse(Integer.MIN_VALUE);
    }

    /** From the first instruction of a caller's call of that number to the first one after it. */
    static double length(TestHost.Outcome outcome, String caller, int number) {
        return callsOf(outcome, caller)
                        .skip(number)
                        .mapToLong(Recorder.Call::length)
                        .findFirst()
                        .orElse(Long.MAX_VALUE)
                / MS;
    }

    /** Pages of all slices. */
    static long pages(TestHost.Outcome outcome) {
        return outcome.seen().slices.stream().mapToLong(Recorder.Slice::pages).sum();
    }

    /** Pages of all slices of a caller. */
    static long pages(TestHost.Outcome outcome, String caller) {
        return outcome.seen().slices.stream()
                .filter(s -> s.caller().equals(caller))
                .mapToLong(Recorder.Slice::pages)
                .sum();
    }
}

package org.xenfleet.host.measured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * The machine of the measurements as a scenario: dom0 is the test kernel, each of its vCPUs pinned to the pCPU of its number
 * or, for what the model allows guests only, a stub domain that attacks its guest. A null hypercall took it some 0.3 us, a
 * look-up 1.2 us, of which 0.2 us are the way in and out; what a page costs is given by each experiment. Used by one thread.
 */
final class Machine {
    static final double MS = 1e6;

    private final Path folder;
    private final String version;
    private final int cpus;
    private String dom0Keys = "";
    private final List<String> workloads = new ArrayList<>();
    private final List<String> ofDom0 = new ArrayList<>();
    private final List<String> domains = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final List<String[]> xl = new ArrayList<>();

    Machine(Path folder, String version, int cpus) {
        this.folder = folder;
        this.version = version;
        this.cpus = cpus;
    }

    /** One vCPU of dom0 makes calls: the keys of a hypercalls workload beside its kind. */
    Machine calls(int vcpu, String keys) {
        return dom0("kind = hypercalls, vcpu = %d, %s".formatted(vcpu, keys));
    }

    /** The vCPUs of dom0 that make no calls do this. */
    Machine dom0(String workload) {
        workloads.add("d%d { %s }".formatted(workloads.size(), workload));
        ofDom0.add("d" + (workloads.size() - 1));
        return this;
    }

    /** Keys of dom0 in place of a pinned vCPU for each pCPU. */
    Machine dom0Keys(String keys) {
        dom0Keys = keys;
        return this;
    }

    /** An HVM guest of so many MiB; {@code entry} are keys of its entry, {@code xlKeys} lines of its file. */
    Machine guest(String name, int memory, String entry, String... xlKeys) {
        domains.add("%s { xl = %s.cfg, %s }".formatted(name, name, entry));
        xl.add(new String[] {name + ".cfg", """
                name = "%s"
                type = "hvm"
                memory = %d
                %s
                """.formatted(name, memory, String.join("\n", xlKeys))});
        return this;
    }

    Machine workload(String name, String keys) {
        workloads.add(name + " { " + keys + " }");
        return this;
    }

    Machine set(String setting) {
        settings.add(setting);
        return this;
    }

    TestHost.Outcome run(String duration) {
        TestHost host = TestHost.in(
                fresh(),
                duration,
                """
                memory = 256GiB, cpus = %1$d
                xen { version = "%2$s", time-at-start = 5987us, accounting-phase = 28395us }
                dom0 { workload = [ %3$s ], %4$s }
                domains { %5$s }
                """.formatted(
                                cpus,
                                version,
                                String.join(", ", ofDom0),
                                dom0Keys.isEmpty() ? "vcpus = %d, pin = true".formatted(cpus) : dom0Keys,
                                String.join("\n", domains)),
                """
                workloads { %s }
                costs {
                  p2m-table = 0ns, flush-idle = 0ns, hypercall-pv = 200ns, xen-version = 100ns, p2m-look-up = 1us
                  foreign-map = 1900ns, populate-physmap = 16us, decrease-reservation = 16us
                  timer-latency = 4500ns, credit-tick = 6800ns, credit-accounting = 0ns
                }
                """.formatted(String.join("\n", workloads)));
        xl.forEach(file -> host.xl(file[0], file[1]));
        settings.forEach(host::set);
        return host.run();
    }

    private Path fresh() {
        try {
            return Files.createTempDirectory(folder, "machine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calls of one operation that returned. */
    static List<Recorder.Call> calls(TestHost.Outcome outcome, String operation) {
        return outcome.seen().calls.stream()
                .filter(c -> c.operation().equals(operation))
                .toList();
    }

    /** ms of the longest call of an operation. */
    static double longest(TestHost.Outcome outcome, String operation) {
        return calls(outcome, operation).stream()
                        .mapToLong(Recorder.Call::length)
                        .max()
                        .orElseThrow()
                / MS;
    }
}

package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import org.xenfleet.host.TestHost;

/**
 * Statement 8. Stub and dom0 ask for 1,000 pages of a guest without a ring: ENODEV, -19, and not a page is touched. On 4.4.0
 * nobody asks for a ring.
 */
final class ListenerGate implements Statement {
    private static final List<String> RELEASES =
            List.of("4.5.0", "4.5.5", "4.6.0", "4.7.0", "4.8.0", "4.12.0", "4.17.7");

    @Override
    public int number() {
        return 8;
    }

    @Override
    public String says() {
        return "From 4.5 on nobody's call gets to the loop while no listener has set up a ring: it returns ENODEV.";
    }

    @Override
    public List<Trial> trials() {
        return RELEASES.stream()
                .map(r -> new Trial(r, Walks.release(RELEASES.indexOf(r))))
                .toList();
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        TestHost.Outcome gated = run(lab, RELEASES.get((int) trial.get("release")));
        TestHost.Outcome before = run(lab, "4.4.0");
        return List.of(
                Figure.exactly("the stub's call", Walks.returned(gated, "victim-dm", 0), Walks.ENODEV, ""),
                Figure.exactly("dom0's call", Walks.returned(gated, "Domain-0", 0), Walks.ENODEV, ""),
                Figure.exactly("pages of both", Walks.pages(gated), 0, ""),
                Figure.exactly("4.4.0: the stub's call", Walks.returned(before, "victim-dm", 0), 0, ""),
                Figure.exactly("4.4.0: pages of both", Walks.pages(before), 2_000, ""));
    }

    private static TestHost.Outcome run(Lab lab, String version) {
        return lab.run(
                "2s",
                """
                        cpus = 2, xen { version = "%s", scheduler = credit }
                        dom0 { vcpus = 1, workload = late }
                        domains { victim { xl = victim.cfg, device-model-workload = early, device-model-cpus = "1" } }
                        """.formatted(version),
                """
                        workloads {
                          early { kind = hypercalls, operation = %1$s, access = r, pages = 1000, start = 1s, repeat = 1 }
                          late { kind = hypercalls, operation = %1$s, access = rw, pages = 1000, start = 1500ms, repeat = 1, target = victim }
                        }
                        """.formatted(Walks.operation(version)),
                Map.of("victim.cfg", Walks.victim("victim", 512, 1, "")));
    }

    @Override
    public String leftOut() {
        return "that nobody listens";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.domains.victim.mem-access-listener=true");
    }
}

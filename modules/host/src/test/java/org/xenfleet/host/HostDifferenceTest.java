package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.timeline.StateBuffer;
import org.xenfleet.timeline.StateDifference;

/** States of a host of two pCPUs and three guests after a second and a half. */
class HostDifferenceTest {
    @TempDir
    Path folder;

    private TestHost host() {
        return TestHost.in(
                        folder,
                        "2s",
                        """
                        cpus = 2, xen { version = "4.4.1", time-at-start = 0ms }, dom0 { vcpus = 1 }
                        domains { web { xl = web.cfg, count = 3, workload = web } }
                        """,
                        "workloads { web { kind = periodic, burst = 2ms, period = 10ms, phase = 0ms } }")
                .xl("web.cfg", "name = \"web\"\nkernel = \"/k\"\nmemory = 128\n");
    }

    private static StateBuffer state(TestHost host) {
        return host.with((simulation, seen) -> {
            simulation.boot();
            simulation.advance(1_500_000_000L, Long.MAX_VALUE);
            return simulation.snapshot();
        });
    }

    private String difference(StateBuffer recorded, StateBuffer found) {
        return HostDifference.first(host().plan(), recorded, found)
                .map(StateDifference::sentence)
                .orElse("none");
    }

    /** The same state, but one more in the {@code which}-th field of a name of an actor. */
    private static StateBuffer changed(StateBuffer state, String actor, String field, int which) {
        StateBuffer changed = new StateBuffer();
        String at = "";
        int seen = 0;
        for (int i = 0; i < state.size(); i++) {
            String name = state.field(i);
            if (state.isText(i)) {
                at = state.text(i);
                changed.put(name, at);
            } else {
                boolean here = at.equals(actor) && name.equals(field) && seen++ == which;
                changed.put(name, state.number(i) + (here ? 1 : 0));
            }
        }
        assertThat(changed.firstDifference(state)).as("the change was made").isNotNegative();
        return changed;
    }

    @Test
    void shouldFindNoneWhenTheSameHostRunsTwice() {
        assertThat(difference(state(host()), state(host()))).isEqualTo("none");
    }

    @Test
    void shouldCallActorsAsTheUserDoes() {
        StateBuffer state = state(host());

        assertThat(difference(state, changed(state, "pcpu-1", "longest-stall", 0)))
                .startsWith("actor pcpu-1, field longest-stall: recorded ");
        assertThat(difference(state, changed(state, "domain-2", "next-point", 0)))
                .isEqualTo("actor domain web-1, field next-point: recorded 1500000000, found 1500000001");
        assertThat(difference(state, changed(state, "pool-0", "credit", 3)))
                .startsWith("actor pool-0, field credit[3]: ");
        assertThat(difference(state, changed(state, "hypervisor", "fenced-at", 0)))
                .isEqualTo("actor hypervisor, field fenced-at: recorded -1, found 0");
    }

    @Test
    void shouldFindWhatAnotherConstantHasChanged() {
        String sentence = difference(state(host()), state(host().set("costs.context-switch = 3001ns")));

        assertThat(sentence).startsWith("actor p").contains(", field ").contains(": recorded ");
    }
}

package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 7. The stub asks for 2^32 - 1 pages of a guest of V vCPUs and M MiB. As long as the guest's highest gfn is the last of
 * its memory that is EINVAL. When it once had a page at 2^36 - 1 the call begins, and ends with ENOMEM (-12) when the pool of
 * 256 V + 2 M pages is empty: after at most 512 pages for each, N = 131,072 V + 1,024 M, less than a per cent fewer, because
 * the tables above take some. At c ns a page that is N c, in one slice. The first three hosts are rows of the table of
 * xen-semantics 1.8.
 */
final class TimeBound implements Statement {
    private static final int ENOMEM = -12;
    private static final String STUB = "victim-dm";

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String says() {
        return "With the pool as libxl makes it a call lasts at most c (131,072 V + 1,024 MiB); a page at gfn 2^36 - 1 takes the limit of"
                + " the range away, not this one.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(trial(1, 1_024, 1_000), trial(2, 4_096, 1_000), trial(4, 16_384, 250), trial(16, 512, 2_000));
    }

    private static Trial trial(long vcpus, long mib, long nanos) {
        return new Trial(
                "%d vCPUs, %d MiB, %d ns a page".formatted(vcpus, mib, nanos),
                Map.of("vcpus", vcpus, "mib", mib, "nanos", nanos));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        return Optional.of(trial(1 + random.nextInt(8), 128 + random.nextInt(8_000), 100 + random.nextInt(700)));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        double most = 131_072 * trial.get("vcpus") + 1_024 * trial.get("mib");
        double time = most * trial.get("nanos") / Walks.MS;
        TestHost.Outcome limited = run(lab, trial, "");
        TestHost.Outcome raised = run(lab, trial, ", max-gfn = 68719476735");
        return List.of(
                Figure.exactly("not raised: the call returns", Walks.returned(limited, STUB, 0), Walks.EINVAL, ""),
                Figure.exactly("not raised: pages", Walks.pages(limited), 0, ""),
                Figure.exactly("raised: the call returns", Walks.returned(raised, STUB, 0), ENOMEM, ""),
                Figure.between("raised: pages", Walks.pages(raised), 0.99 * most, most, ""),
                Figure.between("raised: the slice", raised.seen().longestSlice() / Walks.MS, 0.99 * time, time, "ms"));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String raised) {
        return lab.run(
                "20s",
                """
                        cpus = 2, xen { version = "4.4.0" }
                        dom0 { vcpus = 1, pin = true }
                        domains {
                          victim {
                            xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1"%s
                          }
                        }
                        """.formatted(raised),
                """
                        workloads {
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = 4294967295, start = 1s, repeat = 1 }
                        }
                        costs { p2m-entry = %dns, %s }
                        """.formatted(trial.get("nanos"), Walks.BARE),
                Map.of("victim.cfg", Walks.victim("victim", trial.get("mib"), trial.get("vcpus"), "")));
    }

    @Override
    public String leftOut() {
        return "the page at 2^36 - 1, by one at 2^23";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.domains.victim.max-gfn=8388608");
    }
}

package org.xenfleet.results;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;

/**
 * Keeps the reports of 2,500 hosts of 64 physical CPUs and 45 domains, in a process of its own: {@code archived FOLDER} as
 * a run does, then sums them up and writes the tables; {@code objects FOLDER} as a list.
 */
final class ManyReports {
    static final int HOSTS = 2_500;

    private ManyReports() {}

    public static void main(String[] words) throws Exception {
        if (words[0].equals("objects")) {
            Collection<HostReport> all = new ArrayList<>();
            IntStream.range(0, HOSTS).forEach(i -> all.add(host(i)));
            System.out.println("kept " + all.size());
            return;
        }
        ReportArchive archive = new ReportArchive();
        for (int i = 0; i < HOSTS; i++) {
            archive.add(host(i));
        }
        Expected expected = new Expected("hosts.degraded == 2500", "hosts.degraded", "==", new BigDecimal(HOSTS));
        RunSummary summary = RunSummary.of(
                new RunFacts("s", 1, "", HOSTS, false, "default", List.of()), archive.reports(), List.of(expected));
        Tables.write(Path.of(words[1]), summary);
        System.out.println(summary.verdict().label() + " " + summary.toJson().length());
    }

    private static HostReport host(int index) {
        Random random = new Random(index);
        return new HostReport(
                "p-" + index / 16 + "/" + index % 16,
                Fate.DEGRADED,
                1_000_000_000,
                -1,
                100_000,
                List.of(random.nextLong()),
                IntStream.range(0, 64).mapToObj(cpu -> pcpu(cpu, random)).toList(),
                IntStream.range(0, 45).mapToObj(domid -> domain(domid, random)).toList(),
                List.of(),
                List.of(new Incident(random.nextInt(1 << 30), "pcpu-stall", "pcpu 1", "stalled", Cause.NONE)),
                0);
    }

    private static Pcpu pcpu(int id, Random random) {
        int guest = random.nextInt(1 << 29);
        int xen = random.nextInt(1 << 20);
        return new Pcpu(id, guest, 0, 0, xen, 1_000_000_000 - guest - xen, random.nextInt(1 << 20), 0);
    }

    private static Domain domain(int domid, Random random) {
        return new Domain(
                domid,
                "web-" + domid,
                "hvm",
                Role.GUEST,
                false,
                random.nextInt(1 << 30),
                random.nextInt(1 << 20),
                random.nextInt(1 << 20),
                1_000_000_000,
                1_000_000_000,
                0,
                1L << 32,
                "running");
    }
}

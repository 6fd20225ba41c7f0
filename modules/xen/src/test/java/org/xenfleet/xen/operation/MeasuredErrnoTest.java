package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.p2m.P2m;

/**
 * Every call of set_mem_access, get_mem_access and access_op that was made on the real 4.1.6.1, 4.2.4, 4.2.5, 4.4.0, 4.4.1 and
 * 4.5.0 to see what it returns, in measured-errnos.csv: same return value, cell by cell. The caller was dom0; domain 1 was HVM
 * with gfns up to 0x21ff and a hole at 0x1100, 2 a PV domain, 3 an HVM domain with shadow paging, 4 an HVM domain with gfn 0 alone.
 * 4.2 to 4.4 have another XENMEM_access_op, which only lets a vCPU go on that waited for a listener, and was not asked.
 */
class MeasuredErrnoTest {
    private static final DomainEntry DOM0 = new DomainEntry(0, "Domain-0", true, false, true, -1);
    private static final int FIRST_RELEASE = 6;

    static Stream<Arguments> cells() throws IOException {
        List<List<String>> lines = lines();
        List<String> head = lines.get(0);
        List<Arguments> cells = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            for (int column = FIRST_RELEASE; column < head.size(); column++) {
                if (!line.get(column).equals("-")) {
                    cells.add(arguments(head.get(column), line.subList(0, FIRST_RELEASE), line.get(column)));
                }
            }
        }
        return cells.stream();
    }

    private static List<List<String>> lines() throws IOException {
        try (InputStream in = MeasuredErrnoTest.class.getResourceAsStream("measured-errnos.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split(",")))
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void theReturnValueIsTheOneOfRealXen(String release, List<String> call, String returned) {
        assertThat(returned(release, call)).isEqualTo(returned.equals("0") ? 0 : Errno.named(returned));
    }

    /** So that none is lost by the way they are read. */
    @Test
    void allReleasesAreThere() throws IOException {
        Map<String, Long> counts =
                cells().collect(Collectors.groupingBy(a -> (String) a.get()[0], TreeMap::new, Collectors.counting()));

        assertThat(counts)
                .isEqualTo(
                        Map.of("4.1.6.1", 49L, "4.2.4", 46L, "4.2.5", 46L, "4.4.0", 46L, "4.4.1", 46L, "4.5.0", 49L));
    }

    private static int returned(String release, List<String> call) {
        int domid = Integer.parseInt(call.get(1));
        boolean dying = call.get(2).equals("dying");
        CallRequest request = new CallRequest(
                true,
                domid,
                Integer.parseInt(call.get(3)),
                Long.parseLong(call.get(5)),
                Long.parseUnsignedLong(call.get(4), 16));
        return calls(release, call.get(0), domid == 4 ? 1 : 0x2200).returned(DOM0, request, domain(domid, dying));
    }

    private static Calls calls(String release, String operation, long pages) {
        P2m p2m = new P2m(pages, 4096);
        if (pages > 0x1100) {
            p2m.unmap(0x1100, 1);
        }
        return Calls.on(release, operation, p2m);
    }

    private static @Nullable DomainEntry domain(int domid, boolean dying) {
        return switch (domid) {
            case 0 -> DOM0;
            case 1, 3, 4 -> new DomainEntry(domid, "hvm", false, true, false, -1, dying, false);
            case 2 -> new DomainEntry(2, "pv", true, false, false, -1);
            default -> null;
        };
    }
}

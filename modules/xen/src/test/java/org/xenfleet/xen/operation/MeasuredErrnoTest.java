package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.p2m.P2m;

/**
 * Every call of set_mem_access, get_mem_access and access_op that was made on the real 4.1.6.1, 4.2.4, 4.2.5, 4.4.0, 4.4.1 and
 * 4.5.0 in boot errs, read from the measurements where they lie beside the project: same return value, row by row. The caller was
 * dom0; domain 1 was HVM with gfns up to 0x21ff, 2 a PV domain, 3 an HVM domain with shadow paging, 4 an HVM domain with gfn 0
 * alone.
 */
class MeasuredErrnoTest {
    private static final Path RESULTS = Path.of("../../../shared/reference/real-xen/xsa-89/results.csv");
    private static final Pattern ROW = Pattern.compile("([0-9.]+),errs,[^,]*,errno,(.*),rc; struct after,(-?\\d+).*");
    private static final Pattern SET = Pattern.compile("(\\w+) dom=(\\d+) acc=(\\d+) first=([0-9a-f]+) nr=(\\d+)");
    private static final Map<String, CallRequest> OTHERS = Map.of(
            "get_ok", look(0x1000),
            "get_hole", look(0x1100),
            "get_abovemax", look(0x2200),
            "get_default", look(-1),
            "get_default_after_set4", look(-1),
            "get_default_after_set9", look(-1),
            "XENMEM_access_op op=1", new CallRequest(true, 1, 1, 1, 0x1000),
            "XENMEM_access_op unknown dom", new CallRequest(true, 99, 1, 1, 0x1000),
            "XENMEM_access_op self", new CallRequest(true, 0, 1, 1, 0x1000));

    private static final DomainEntry DOM0 = new DomainEntry(0, "Domain-0", true, false, true, -1);

    private static CallRequest look(long gfn) {
        return new CallRequest(true, 1, 0, 1, gfn);
    }

    static Stream<Arguments> rows() throws IOException {
        assumeTrue(Files.exists(RESULTS), "the measurements do not lie beside the project");
        return Files.readAllLines(RESULTS).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(r -> arguments(r.group(1), r.group(2), Integer.parseInt(r.group(3))))
                .filter(a -> OTHERS.containsKey((String) a.get()[1])
                        || SET.matcher((String) a.get()[1]).matches())
                // 4.2 to 4.4 have another XENMEM_access_op, which only lets a vCPU go on that waited for a listener
                .filter(a ->
                        !((String) a.get()[1]).startsWith("XENMEM") || !((String) a.get()[0]).matches("4\\.[234].*"))
                // whether a destroyed domain is still listed is a question of when, not of the arguments
                .filter(a -> !((String) a.get()[1]).startsWith("destroyed "));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void theReturnValueIsTheOneOfRealXen(String release, String call, int errno) {
        assertThat(returned(release, call)).isEqualTo(errno);
    }

    /** Rows by release, so that none is lost by the way they are read. */
    @Test
    void allReleasesAreThere() throws IOException {
        Map<String, Long> counts =
                rows().collect(Collectors.groupingBy(a -> (String) a.get()[0], TreeMap::new, Collectors.counting()));

        assertThat(counts)
                .isEqualTo(
                        Map.of("4.1.6.1", 53L, "4.2.4", 50L, "4.2.5", 50L, "4.4.0", 50L, "4.4.1", 50L, "4.5.0", 53L));
    }

    private static int returned(String release, String call) {
        Matcher set = SET.matcher(call);
        if (set.matches()) {
            int domid = Integer.parseInt(set.group(2));
            CallRequest request = new CallRequest(
                    true,
                    domid,
                    Integer.parseInt(set.group(3)),
                    Long.parseLong(set.group(5)),
                    Long.parseUnsignedLong(set.group(4), 16));
            boolean dying = set.group(1).startsWith("dying");
            return calls(release, "set_mem_access", domid == 4 ? 1 : 0x2200)
                    .returned(DOM0, request, domain(domid, dying));
        }
        CallRequest request = Objects.requireNonNull(OTHERS.get(call));
        String operation = call.startsWith("get") ? "get_mem_access" : "access_op";
        return calls(release, operation, 0x2200).returned(DOM0, request, domain(request.domid(), false));
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

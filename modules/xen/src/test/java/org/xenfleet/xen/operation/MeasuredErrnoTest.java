package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.Admission.Verdict;
import org.xenfleet.xen.p2m.P2m;

/**
 * Every call of set_mem_access that was made on the real 4.4.0 and 4.4.1 in boot errs, read from the measurements where they
 * lie beside the project: same return value, row by row. The caller was dom0; domain 1 was HVM with gfns up to 0x21ff, 2 a PV
 * domain, 3 an HVM domain with shadow paging, 4 an HVM domain with gfn 0 alone.
 */
class MeasuredErrnoTest {
    private static final Path RESULTS = Path.of("../../../shared/reference/real-xen/xsa-89/results.csv");
    private static final Pattern CALL = Pattern.compile("(\\w+) dom=(\\d+) acc=(\\d+) first=([0-9a-f]+) nr=(\\d+)");

    private static final DomainEntry DOM0 = new DomainEntry(0, "Domain-0", true, false, true, -1);
    private static final Map<Integer, DomainEntry> DOMAINS = Map.of(
            0, DOM0,
            1, new DomainEntry(1, "hap", false, true, false, -1),
            2, new DomainEntry(2, "pv", true, false, false, -1),
            3, new DomainEntry(3, "shadow", false, true, false, -1),
            4, new DomainEntry(4, "empty", false, true, false, -1));

    static Stream<String> rows() throws IOException {
        assumeTrue(Files.exists(RESULTS), "the measurements do not lie beside the project");
        return Files.readAllLines(RESULTS).stream()
                .filter(row -> row.startsWith("4.4.0,errs,") || row.startsWith("4.4.1,errs,"))
                .filter(row -> CALL.matcher(row).find())
                // whether a destroyed domain is still listed is a question of when, not of the arguments
                .filter(row -> !row.contains("errno,destroyed "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theReturnValueIsTheOneOfRealXen(String row) {
        Matcher call = CALL.matcher(row);
        assertThat(call.find()).isTrue();
        int domid = Integer.parseInt(call.group(2));
        CallRequest request = new CallRequest(
                true,
                domid,
                Integer.parseInt(call.group(3)),
                Long.parseLong(call.group(5)),
                Long.parseUnsignedLong(call.group(4), 16));
        String measured = row.substring(call.end()).replaceFirst("^,rc; struct after,", "");

        assertThat(returned(request)).isEqualTo(Integer.parseInt(measured.substring(0, measured.indexOf(';'))));
    }

    private static int returned(CallRequest request) {
        Operation operation =
                OperationCatalogue.shipped().find("set_mem_access").orElseThrow();
        IntFunction<@Nullable DomainEntry> table = DOMAINS::get;
        int errno = Admission.atEntry(operation, request, DOM0, table, XenVersion.V4_4_0);
        if (errno != 0) {
            return errno;
        }
        P2m p2m = new P2m(request.domid() == 4 ? 1 : 0x2200, 4096);
        return Admission.atTarget(operation, request, p2m) == Verdict.INVALID ? -22 : 0;
    }
}

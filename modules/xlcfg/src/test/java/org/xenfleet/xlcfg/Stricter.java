package org.xenfleet.xlcfg;

import java.util.List;
import java.util.regex.Pattern;

/** Knows the problems that {@link GuestConfig#read} has beyond xl, as its documentation lists them. */
final class Stricter {
    private static final List<Pattern> REASONS = List.of(
            Pattern.compile("`(memory|maxmem|vcpus|maxvcpus|cpu_weight|cap|vnuma)` = -?[0-9]+.* is out of range: .*"),
            Pattern.compile(".* is below `memory` = .*; xl would take it"),
            Pattern.compile("libxl refuses `memory` below `maxmem` .*"),
            Pattern.compile(".*: vdistances has .* numbers, but .*"));

    private Stricter() {}

    /** Whether xl would take a guest that has these problems. */
    static boolean than(List<XlNotice> problems) {
        return problems.stream()
                .allMatch(problem -> REASONS.stream()
                        .anyMatch(reason -> reason.matcher(problem.message()).matches()));
    }
}

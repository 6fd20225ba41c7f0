package org.xenfleet.xlcfg.device;

import java.util.List;
import java.util.Optional;

/**
 * What is in one text of {@code vdispl}: where a virtual display is served, and {@code connectors}, its screens. A
 * screen of no size at all is forgiven, one of half a size is not, as in xl. Held against xl of 4.17.
 */
public final class ScreenSpec {
    private ScreenSpec() {}

    public static void check(String spec, SpecReport report) {
        boolean connectors = false;
        for (String part : Parts.ofSpec(spec)) {
            Optional<String> screens = Parts.valueOf("connectors", part);
            if (screens.isPresent()) {
                connectors = true;
                if (!areRight(Parts.between(screens.get(), ';'), report)) {
                    return;
                }
            } else if (!part.startsWith("backend=") && !part.startsWith("be-alloc=")) {
                report.refuse("`" + Excerpt.of(part) + "` is none of its parts, which are backend=, be-alloc= and"
                        + " connectors=");
                return;
            }
        }
        if (!connectors) {
            report.refuse("it lacks connectors=");
        }
    }

    /** False after a problem. xl reads no screen after one without a size. */
    private static boolean areRight(List<String> screens, SpecReport report) {
        if (screens.isEmpty()) {
            report.refuse("connectors is empty, on which xl 4.17 crashes");
            return false;
        }
        for (String screen : screens) {
            List<String> parts = Parts.between(screen, ':');
            String size = parts.size() < 2 ? "" : parts.get(1);
            CUnsigned width = CUnsigned.at(size, 0, 10);
            int height = width.end() + 1;
            if (width.end() == 0 && !Values.isBlank(size)) {
                report.warn("`" + Excerpt.of(screen) + "` has no size; a screen is NAME:WIDTHxHEIGHT");
                return true;
            }
            if (!size.startsWith("x", width.end())
                    || CUnsigned.at(size, height, 10).end() == height) {
                report.refuse("`" + Excerpt.of(screen) + "` is no screen; a screen is NAME:WIDTHxHEIGHT");
                return false;
            }
        }
        return true;
    }
}

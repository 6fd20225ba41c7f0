package org.xenfleet.xlcfg.device;

import java.util.Locale;

/** What is in {@code rdm}: pairs of {@code strategy} and {@code policy}. xl forgives mistakes and drops the whole. */
public final class RdmSpec {
    private RdmSpec() {}

    public static void check(String spec, SpecReport report) {
        int at = 0;
        do {
            int comma = spec.indexOf(',', at);
            int end = comma < 0 ? spec.length() : comma;
            String part = spec.substring(at, end).toLowerCase(Locale.ROOT);
            if (!part.equals("strategy=host") && !part.equals("policy=strict") && !part.equals("policy=relaxed")) {
                report.warn(
                        "it is strategy=host, policy=strict or policy=relaxed, with a comma between them; xl may drop"
                                + " it");
                return;
            }
            at = end + 1;
        } while (at <= spec.length());
    }
}

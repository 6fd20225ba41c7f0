package org.xenfleet.xlcfg.device;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is in {@code cpuid}: as a text {@code host} and flags, as a list leaves. xl forgives every mistake. Whether a
 * flag's name and value are among those that libxl knows is not checked.
 */
public final class CpuidSpec {
    private static final Pattern LEAF = Pattern.compile("(0[xX][0-9a-fA-F]+|[0-9]+)(,(0[xX][0-9a-fA-F]+|[0-9]+))?");
    private static final Pattern REGISTER = Pattern.compile("e[abcd]x=.{32}", Pattern.DOTALL);

    private CpuidSpec() {}

    public static void flags(String spec, SpecReport report) {
        List<String> parts = Parts.between(spec, ',');
        if (parts.isEmpty()) {
            return;
        }
        if (!parts.get(0).equals("host")) {
            report.warn("its first word is host; xl drops the whole");
            return;
        }
        for (String flag : parts.subList(1, parts.size())) {
            if (flag.indexOf('=') < 0) {
                report.warn("`" + Excerpt.of(flag) + "` lacks an equals sign, and xl drops it");
            }
        }
    }

    /** {@code LEAF[,SUBLEAF]:REGISTER=BITS}, perhaps with more registers after commas. */
    public static void leaf(String spec, SpecReport report) {
        int colon = spec.indexOf(':');
        boolean right = colon >= 0 && LEAF.matcher(spec.substring(0, colon)).matches();
        for (String register : right ? Parts.between(spec.substring(colon + 1), ',') : List.<String>of()) {
            right &= REGISTER.matcher(register).matches();
        }
        if (!right) {
            report.warn("it is a leaf, a colon and registers such as eax= with 32 characters; xl drops what is wrong");
        }
    }
}

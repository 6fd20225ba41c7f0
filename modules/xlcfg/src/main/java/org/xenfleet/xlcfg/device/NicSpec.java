package org.xenfleet.xlcfg.device;

import java.util.Optional;
import java.util.Set;

/**
 * What is in one text of {@code vif}. xl forgives nearly everything here: it complains, and the interface stays; only
 * {@code rate}, {@code devid} and {@code mtu} are fatal. Source: xlcfg-grammar section 2.9.
 */
public final class NicSpec {
    private static final Set<String> TEXTS =
            Values.words("bridge gatewaydev ip script backend vifname model forwarddev");
    private static final int MAC_BYTES = 6;

    private NicSpec() {}

    public static void check(String spec, SpecReport report) {
        for (String part : Parts.ofSpec(spec)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            Optional<String> value = Parts.valueOf(name, part);
            if (value.isPresent()) {
                named(name, value.get(), report);
            } else if (!part.equals("trusted") && !part.equals("untrusted")) {
                unknown(part, report);
            }
        }
    }

    private static void named(String name, String value, SpecReport report) {
        switch (name) {
            case "type" -> {
                if (!value.equals("vif") && !value.equals("ioemu")) {
                    report.warn("type is vif or ioemu; xl drops `" + Excerpt.of(value) + "`");
                }
            }
            case "mac" -> {
                if (!isMac(value)) {
                    report.warn("mac is six hexadecimal bytes with a character between them; xl drops `"
                            + Excerpt.of(value) + "`");
                }
            }
            case "netdev" -> report.warn("netdev is deprecated; it is gatewaydev now");
            case "accel" -> report.warn("xl does not support accel and drops it");
            case "rate" -> NicRate.check(value, report);
            case "devid", "mtu" -> {
                if (!CUnsigned.at(value, 0, 10).isNumber(0)) {
                    report.refuse(name + " begins with a number, which `" + Excerpt.of(value) + "` does not");
                }
            }
            default -> {
                if (!TEXTS.contains(name) && !name.startsWith("colo_")) {
                    unknown(name + "=" + value, report);
                }
            }
        }
    }

    private static boolean isMac(String text) {
        int at = 0;
        for (int i = 0; i < MAC_BYTES; i++) {
            if (at > text.length()) {
                return false;
            }
            CUnsigned octet = CUnsigned.at(text, at, 16);
            if (octet.end() == at || (octet.value() & 0xffff_ffffL) > 0xff) {
                return false;
            }
            // Whatever stands between two bytes is skipped unseen.
            at = octet.end() + 1;
        }
        return true;
    }

    private static void unknown(String part, SpecReport report) {
        report.warn("`" + Excerpt.of(part) + "` is no parameter that xl knows, and xl drops it");
    }
}

package org.xenfleet.xlcfg.device;

import java.util.Locale;

/**
 * What is in one text of {@code pci}: an address {@code [dddd:]bb:dd.f}, perhaps {@code @slot}, and parameters, one of
 * which may name the device instead. Any mistake is fatal. Held against libxlutil of 4.17. For one text.
 */
public final class PciSpec {
    private static final int MOST_FUNCTION = 7;
    private static final int MOST_DEVICE = 0x1f;
    private static final int MOST_BUS = 0xff;
    private static final int MOST_DOMAIN = 0xffff;

    private final String spec;
    private boolean address;
    private boolean name;

    private PciSpec(String spec) {
        this.spec = spec;
    }

    public static void check(String spec, SpecReport report) {
        if (!new PciSpec(spec).isRight()) {
            report.refuse("it is an address such as 0000:03:00.1, perhaps with @SLOT, or name=..., and then parameters"
                    + " such as permissive=1, each after a comma");
        }
    }

    private boolean isRight() {
        int at = afterAddress(spec);
        if (at >= 0) {
            address = true;
            if (spec.startsWith("@", at)) {
                at = afterSlot(spec, at + 1);
            }
            if (at < 0 || at < spec.length() && spec.charAt(at) != ',') {
                return false;
            }
            at++;
        }
        at = Math.max(at, 0);
        while (at < spec.length()) {
            int equals = spec.indexOf('=', at);
            if (equals < 0) {
                return false;
            }
            int comma = spec.indexOf(',', equals);
            int end = comma < 0 ? spec.length() : comma;
            if (!parameter(spec.substring(at, equals), spec.substring(equals + 1, end))) {
                return false;
            }
            at = end + 1;
        }
        return address != name;
    }

    private boolean parameter(String key, String value) {
        switch (key) {
            case "bdf" -> {
                address |= afterAddress(value) >= 0;
                return afterAddress(value) >= 0;
            }
            case "vslot" -> {
                return afterSlot(value, 0) >= 0;
            }
            case "name" -> {
                name = true;
                return true;
            }
            case "rdm_policy" -> {
                return isPolicy(value);
            }
            case "permissive", "msitranslate", "seize", "power_mgmt" -> {
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    static boolean isPolicy(String word) {
        String policy = word.toLowerCase(Locale.ROOT);
        return policy.equals("strict") || policy.equals("relaxed");
    }

    /** The index after an address at the beginning of a text, or -1. Whether it has a domain is told by its colons. */
    private static int afterAddress(String text) {
        int colons = 0;
        int at = 0;
        while (at < text.length() && (text.charAt(at) == ':' || isHex(text.charAt(at)))) {
            colons += text.charAt(at) == ':' ? 1 : 0;
            at++;
        }
        if (colons < 1 || colons > 2) {
            return -1;
        }
        at = colons == 1 ? 0 : after(text, 0, MOST_DOMAIN, ":");
        at = after(text, at, MOST_BUS, ":");
        at = after(text, at, MOST_DEVICE, ".");
        if (at >= 0 && text.startsWith("*", at)) {
            return at + 1;
        }
        return after(text, at, MOST_FUNCTION, "");
    }

    private static int afterSlot(String text, int at) {
        return after(text, at, MOST_DEVICE, "");
    }

    /** The index after a number and its mark, or -1; also -1 for at = -1. Of a number the lowest 32 bits count. */
    private static int after(String text, int at, int most, String mark) {
        if (at < 0) {
            return -1;
        }
        CUnsigned number = CUnsigned.scanned(text, at);
        boolean right =
                number.end() > at && (number.value() & 0xffff_ffffL) <= most && text.startsWith(mark, number.end());
        return right ? number.end() + mark.length() : -1;
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }
}

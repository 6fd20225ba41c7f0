package org.xenfleet.xlcfg.device;

import java.util.Set;

/** What is in one text of {@code vkb}, a virtual keyboard and pointer. Mistakes are fatal. Held against xl of 4.17. */
public final class KeyboardSpec {
    private static final String MULTI_TOUCH = "feature-multi-touch";
    private static final Set<String> BACKENDS = Values.words("linux qemu unknown");
    private static final Set<String> UNKNOWN = Set.of("unknown");
    private static final Set<String> TOUCH =
            Values.words("multi-touch-width multi-touch-height multi-touch-num-contacts");
    private static final Set<String> OTHERS =
            Values.words("backend unique-id feature-disable-keyboard feature-disable-pointer"
                    + " feature-abs-pointer feature-raw-pointer width height");

    private KeyboardSpec() {}

    public static void check(String spec, SpecReport report) {
        boolean backendType = false;
        boolean multiTouch = false;
        boolean touch = false;
        for (String part : Parts.ofSpec(spec)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals);
            String value = part.substring(equals + 1);
            if (name.equals("backend-type") && Values.isOneOf(BACKENDS, value)) {
                backendType = !Values.isOneOf(UNKNOWN, value);
            } else if (name.equals(MULTI_TOUCH)) {
                multiTouch = isSet(value);
            } else if (TOUCH.contains(name)) {
                touch |= isSet(value);
            } else if (!OTHERS.contains(name)) {
                report.refuse("`" + Excerpt.of(part) + "` is none of its parts, or has no value that xl knows");
                return;
            }
        }
        if (!backendType) {
            report.refuse("it lacks backend-type=linux or backend-type=qemu");
        } else if (multiTouch && !touch) {
            report.refuse(MULTI_TOUCH + " needs one of multi-touch-width=, multi-touch-height= and"
                    + " multi-touch-num-contacts=");
        }
    }

    private static boolean isSet(String value) {
        int base = value.regionMatches(true, 0, "0x", 0, 2) ? 16 : 10;
        return CUnsigned.at(value, 0, base).value() != 0;
    }
}

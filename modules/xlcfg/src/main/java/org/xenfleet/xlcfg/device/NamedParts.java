package org.xenfleet.xlcfg.device;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * The devices whose texts are named parts between commas, such as {@code vtpm}. Mistakes are fatal. Held against xl of
 * 4.17; xlcfg-grammar section 2.10 names some of it. For one key of one file, as xl lets a part of one text serve the
 * next in {@code p9}.
 */
public final class NamedParts {
    /**
     * What is known of one key.
     *
     * @param names the parts there are
     * @param required the parts that there must be
     * @param bareWordEnds whether xl reads no further at a part without an equals sign, instead of refusing it
     * @param lasting whether a part of an earlier text counts for a later one
     * @param right whether a part may have a value
     */
    private record Kind(
            Set<String> names,
            Set<String> required,
            boolean bareWordEnds,
            boolean lasting,
            BiPredicate<String, String> right) {}

    private static final Set<String> CONTROLLERS = Values.words("auto pv devicemodel qusb");
    private static final Set<String> DEVICES = Set.of("hostdev");

    private final Kind kind;
    private final Set<String> seen = new TreeSet<>();

    private NamedParts(Kind kind) {
        this.kind = kind;
    }

    /** {@code p9}: a path of the host that the guest sees as a file system. */
    public static NamedParts p9() {
        return new NamedParts(new Kind(
                Values.words("security_model path tag backend"),
                Values.words("security_model path tag"),
                true,
                true,
                any()));
    }

    /** {@code vtpm}: a virtual TPM, which a domain serves. */
    public static NamedParts vtpm() {
        return new NamedParts(new Kind(
                Values.words("backend uuid"),
                Values.words("backend"),
                true,
                false,
                (name, value) -> !name.equals("uuid") || Values.isUuid(value)));
    }

    /** {@code pvcalls}: sockets that another domain serves. */
    public static NamedParts pvcalls() {
        return new NamedParts(new Kind(Values.words("backend"), Set.of(), true, false, any()));
    }

    /** {@code usbctrl}: a USB controller. */
    public static NamedParts usbctrl() {
        return new NamedParts(new Kind(
                Values.words("type version ports"),
                Set.of(),
                false,
                false,
                (name, value) -> !name.equals("type") || Values.isOneOf(CONTROLLERS, value)));
    }

    /** {@code usbdev}: a USB device of the host. */
    public static NamedParts usbdev() {
        return new NamedParts(new Kind(
                Values.words("type hostbus hostaddr controller port"),
                Set.of(),
                false,
                false,
                (name, value) -> !name.equals("type") || Values.isOneOf(DEVICES, value)));
    }

    private static BiPredicate<String, String> any() {
        return (name, value) -> true;
    }

    public void check(String spec, SpecReport report) {
        if (!kind.lasting()) {
            seen.clear();
        }
        for (String part : Parts.ofSpec(spec)) {
            int equals = part.indexOf('=');
            if (equals < 0 && kind.bareWordEnds()) {
                break;
            }
            String name = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !kind.names().contains(name)) {
                report.refuse("`" + Excerpt.of(part) + "` is none of its parts, which are " + list(kind.names()));
                return;
            }
            if (!kind.right().test(name, part.substring(equals + 1))) {
                report.refuse("`" + Excerpt.of(part) + "` has no value that xl knows");
                return;
            }
            seen.add(name);
        }
        Set<String> missing = new TreeSet<>(kind.required());
        missing.removeAll(seen);
        if (!missing.isEmpty()) {
            report.refuse("it lacks " + list(missing));
        }
    }

    private static String list(Set<String> names) {
        return String.join(", ", names.stream().map(name -> name + "=").toList());
    }
}

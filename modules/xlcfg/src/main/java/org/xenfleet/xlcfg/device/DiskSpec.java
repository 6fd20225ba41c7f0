package org.xenfleet.xlcfg.device;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in one text of {@code disk}: named parameters in any order, and up to four without a name (target, format,
 * vdev, access), of which old prefixes of the target such as {@code phy:} take the format away. Any mistake is fatal.
 * Source: xlcfg-grammar section 2.8; held against libxlutil of 4.17. For one text.
 */
public final class DiskSpec {
    private static final Set<String> FORMATS = Set.of("", "raw", "qcow", "qcow2", "vhd", "qed", "empty");
    private static final Set<String> ACCESS = Set.of("", "r", "ro", "w", "rw");
    private static final Set<String> BACKENDS = Set.of("phy", "tap", "qdisk", "standalone");
    private static final Set<String> SPECIFICATIONS = Set.of("xen", "virtio");
    private static final Set<String> TEXTS =
            Set.of("backend", "vdev", "script", "target", "colo-host", "colo-export", "active-disk", "hidden-disk");

    private final SpecReport report;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();
    private boolean cdrom;
    private boolean oldPrefix;
    private boolean accessInPlace;
    private boolean wrong;

    private DiskSpec(SpecReport report) {
        this.report = report;
    }

    public static void check(String spec, SpecReport report) {
        new DiskSpec(report).read(new DiskLexer(spec));
    }

    private void read(DiskLexer lexer) {
        while (!wrong) {
            Optional<DiskLexer.Part> part = lexer.next();
            if (part.isEmpty()) {
                finish();
                return;
            }
            take(part.get());
        }
    }

    private void take(DiskLexer.Part part) {
        switch (part.kind()) {
            case NAMED -> named(part.name(), part.text());
            case FLAG -> cdrom |= part.text().equals("cdrom");
            case PREFIX -> prefix(part.text());
            case PLACED -> placed(part.text());
            case UNKNOWN_PREFIX -> refuse("`" + Excerpt.of(part.text()) + "` is no prefix of a target that xl knows");
            case UNKNOWN_NAME -> refuse("`" + Excerpt.of(part.text()) + "` is no parameter that xl knows");
            case BAD -> refuse("nothing can begin with `=`");
        }
    }

    private void named(String name, String value) {
        switch (name) {
            case "format" -> word(name, value.isEmpty() ? "raw" : value, FORMATS);
            case "access" -> access(value);
            case "backendtype" -> word(name, value, BACKENDS);
            case "specification" -> word(name, value, SPECIFICATIONS);
            case "devtype" -> {
                if (!value.equals("cdrom") && !value.equals("disk")) {
                    refuse("devtype is cdrom or disk");
                }
                cdrom = value.equals("cdrom");
            }
            case "colo-port" -> {
                if (!isPort(value)) {
                    refuse("colo-port is a number other than 0");
                }
            }
            default -> text(name, value);
        }
    }

    /** As C's atoi: what follows the digits does not matter. */
    private static boolean isPort(String value) {
        return (int) CUnsigned.at(value, 0, 10).value() != 0;
    }

    private void access(String value) {
        if (!ACCESS.contains(value)) {
            refuse("unknown access `" + Excerpt.of(value) + "`; it is r, ro, w or rw");
        }
    }

    /** Said twice, a word must be the same. */
    private void word(String name, String value, Set<String> known) {
        if (!known.contains(value)) {
            refuse("unknown " + name + " `" + Excerpt.of(value) + "`");
        }
        String before = words.putIfAbsent(name, value);
        if (before != null && !before.equals(value)) {
            refuse(name + " is given twice");
        }
    }

    /** Said twice, the first text must have been empty. */
    private void text(String name, String value) {
        if (!TEXTS.contains(name)) {
            throw new IllegalArgumentException("No parameter of a disk: " + name);
        }
        String before = texts.put(name, value);
        if (before != null && !before.isEmpty()) {
            refuse(name + " is given twice");
        }
    }

    private void prefix(String prefix) {
        oldPrefix = true;
        switch (prefix) {
            case "raw", "qcow", "qcow2", "vhd" -> word("format", prefix, FORMATS);
            case "iscsi", "nbd", "enbd", "drbd" -> text("script", "block-" + prefix);
            default -> {}
        }
    }

    private void placed(String value) {
        String target = texts.get("target");
        if (target == null) {
            text("target", value);
        } else if (!oldPrefix && !words.containsKey("format")) {
            if (target.isEmpty() && value.indexOf(':') >= 0) {
                virtualDevice(value);
                words.put("format", "empty");
            } else {
                word("format", value.isEmpty() ? "raw" : value, FORMATS);
            }
        } else if (!texts.containsKey("vdev")) {
            virtualDevice(value);
        } else if (!accessInPlace) {
            accessInPlace = true;
            access(value);
        } else {
            refuse("`" + Excerpt.of(value)
                    + "` is one too many: target, format, vdev and access are all that go without a name");
        }
    }

    private void virtualDevice(String value) {
        int colon = value.lastIndexOf(':');
        text("vdev", colon < 0 ? value : value.substring(0, colon));
        if (colon >= 0) {
            String type = value.substring(colon + 1);
            if (!type.equals("cdrom") && !type.equals("disk")) {
                refuse("after the colon of a vdev stands cdrom or disk");
            }
            cdrom = type.equals("cdrom");
        }
    }

    private void finish() {
        if (!texts.containsKey("vdev")) {
            refuse("no vdev");
        } else if (!texts.containsKey("target") && !cdrom) {
            refuse("no target, which only a cdrom can do without");
        }
    }

    private void refuse(String what) {
        wrong = true;
        report.refuse(what);
    }
}

package org.xenfleet.xlcfg;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xenfleet.xlcfg.device.Excerpt;

/** What the mere names in a file tell: which xl does not know, and which the simulator does not act on. */
final class KeyNames {
    /** Of more unknown names than this, which no real file has, only the number is told. */
    private static final int MOST_UNKNOWN = 100;

    private KeyNames() {}

    /** Warns of each name that xl 4.17 passes over without a word. */
    static void check(SettingReader settings) {
        int unknown = 0;
        for (Map.Entry<String, List<XlSetting>> entry : settings.byName().entrySet()) {
            String name = entry.getKey();
            if (XlKeys.LATER.contains(name)) {
                settings.warn(name, "is a key of later releases; xl 4.17 ignores it silently");
            } else if (!XlKeys.ALL.contains(name) && ++unknown <= MOST_UNKNOWN) {
                settings.tell(entry.getValue().get(0).line(), unknown(name));
            }
        }
        if (unknown > MOST_UNKNOWN) {
            String further = (unknown - MOST_UNKNOWN) + " further names";
            settings.tell(0, "xl ignores " + further + " silently: they are not keys of xl");
        }
    }

    private static String unknown(String name) {
        String remedy =
                XlKeys.nearest(name).map(key -> "; did you mean `" + key + "`?").orElse("");
        return "xl ignores `" + Excerpt.of(name) + "` silently: it is not a key of xl" + remedy;
    }

    /** What {@link GuestConfig#lines} holds. */
    static Map<String, Integer> lines(SettingReader settings) {
        Map<String, Integer> lines = new TreeMap<>();
        Stream.concat(XlKeys.MODELLED.stream(), Stream.of("vnuma"))
                .filter(settings::isSet)
                .forEach(key -> lines.put(key, settings.line(key)));
        return lines;
    }

    /** What {@link GuestConfig#notModelled} holds. */
    static List<String> notModelled(SettingReader settings) {
        return settings.byName().keySet().stream()
                .filter(name -> XlKeys.ALL.contains(name) && !XlKeys.MODELLED.contains(name))
                .toList();
    }
}

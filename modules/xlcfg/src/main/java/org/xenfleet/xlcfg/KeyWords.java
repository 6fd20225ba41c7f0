package org.xenfleet.xlcfg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.xenfleet.xlcfg.device.Excerpt;
import org.xenfleet.xlcfg.device.Values;

/**
 * The keys whose value is one of a few words; for another xl refuses the file (xlcfg-grammar sections 2.6, 2.7, 2.10 and
 * 2.12). Those that the simulator acts on are in {@link GuestReader}. The words are those of 4.17.
 */
final class KeyWords {
    private static final String ACTIONS =
            Arrays.stream(OnCrash.values()).map(OnCrash::label).collect(Collectors.joining(" "));

    /**
     * One such key.
     *
     * @param hvm whether only an HVM guest's is read
     * @param exact whether upper and lower case differ
     */
    private record Rule(String key, boolean hvm, boolean exact, Set<String> words) {
        static Rule of(String key, boolean hvm, boolean exact, String words) {
            return new Rule(key, hvm, exact, Values.words(words));
        }

        boolean knows(String word) {
            return exact ? words.contains(word) : Values.isOneOf(words, word);
        }

        String known() {
            return words.stream().filter(word -> !word.equals("unknown")).collect(Collectors.joining(", "));
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("on_poweroff", false, true, ACTIONS),
            Rule.of("on_reboot", false, true, ACTIONS),
            Rule.of("on_watchdog", false, true, ACTIONS),
            Rule.of("on_soft_reset", false, true, ACTIONS),
            Rule.of("passthrough", false, false, "default disabled enabled sync_pt share_pt"),
            Rule.of("vuart", false, false, "unknown sbsa_uart"),
            Rule.of("gic_version", false, false, "default v2 v3"),
            Rule.of("tee", false, false, "none optee"),
            Rule.of("bios", true, false, "unknown rombios seabios ovmf"),
            Rule.of("hdtype", true, false, "ide ahci"),
            Rule.of("vga", true, true, "stdvga cirrus none qxl"),
            Rule.of("ms_vm_genid", true, true, "generate none"),
            Rule.of("vendor_device", true, false, "none xenserver"));

    private static final Rule TSC_MODE =
            Rule.of("tsc_mode", false, false, "default always_emulate native native_paravirt");
    private static final Rule TIMER_MODE = Rule.of(
            "timer_mode",
            false,
            false,
            "unknown delay_for_missed_ticks no_delay_for_missed_ticks no_missed_ticks_pending one_missed_tick_pending");
    private static final Rule ALTP2M = Rule.of("altp2m", false, false, "disabled mixed external limited");
    private static final Rule GFX_PASSTHRU = Rule.of("gfx_passthru", true, false, "default igd");

    /** The largest number of the modes that may be numbers. */
    private static final int MOST_MODE = 3;

    private KeyWords() {}

    static void check(SettingReader settings, GuestType type) {
        boolean hvm = type == GuestType.HVM;
        for (Rule rule : RULES) {
            if (hvm || !rule.hvm()) {
                word(settings, rule);
            }
        }
        mode(settings, TSC_MODE, true);
        if (type == GuestType.PV && settings.text(TIMER_MODE.key()).isPresent()) {
            settings.refuse("timer_mode", "`timer_mode` is not supported for PV guests; leave it out");
        } else {
            mode(settings, TIMER_MODE, true);
        }
        mode(settings, ALTP2M, false);
        if (hvm && settings.numberIfAny(GFX_PASSTHRU.key()).isEmpty()) {
            word(settings, GFX_PASSTHRU);
        }
    }

    private static void word(SettingReader settings, Rule rule) {
        Optional<String> word = settings.text(rule.key());
        if (word.isPresent() && !rule.knows(word.get())) {
            settings.refuse(
                    rule.key(),
                    "Unknown " + rule.key() + " \"" + Excerpt.of(word.get()) + "\". Known are " + rule.known());
        }
    }

    private static void mode(SettingReader settings, Rule rule, boolean numbersAreOld) {
        OptionalLong number = settings.numberIfAny(rule.key());
        if (number.isEmpty()) {
            word(settings, rule);
            return;
        }
        if (number.getAsLong() < 0 || number.getAsLong() > MOST_MODE) {
            settings.refuse(
                    rule.key(),
                    "`" + rule.key() + "` = " + number.getAsLong() + " is no mode. Known are " + rule.known());
        } else if (numbersAreOld) {
            settings.warn(rule.key(), "as a number is deprecated; it is one of " + rule.known() + " now");
        }
    }
}

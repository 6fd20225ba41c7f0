package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Drawn guests against what a dry run of xl made of each ({@link Observed}): {@code a} accepted, {@code w} accepted with
 * a warning, {@code r} refused, {@code c} crashed or without end. Pins neither the wording, nor warnings of ours about
 * what xl passes over in silence.
 */
class ObservedGuestsTest {
    private static final int CPUS = 16;
    private static final int NODES = 2;

    @Test
    void shouldTakeAndRefuseWhatXlTakesAndRefuses() {
        List<byte[]> guests = Observed.guests();
        String observed = String.join("", Observed.lines("observed-guests.txt"));
        assertThat(observed).hasSize(guests.size());
        assertThat(observed).contains("a", "w", "r", "c");
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < guests.size(); i++) {
            char found = found(guests.get(i), observed.charAt(i));
            if (found != observed.charAt(i)) {
                String text = new String(guests.get(i), StandardCharsets.ISO_8859_1);
                differences.add("seed " + Observed.SEED + ", guest " + i + ": " + observed.charAt(i) + ", but found "
                        + found + ":\n" + text);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** In the letters of the observation, which is given because a crash is told by nothing, and a remark may be ours. */
    private static char found(byte[] text, char observed) {
        try {
            GuestConfig guest = GuestConfig.read(XlParser.parse("drawn", text));
            for (int vcpu = 0; vcpu < guest.maxVcpus(); vcpu++) {
                guest.cpus().resolve(vcpu, CPUS, NODES);
            }
            if (guest.nodesNeeded() > NODES) {
                return 'r';
            }
            return observed == 'w' && guest.warnings().isEmpty() || observed == 'c' || observed == 'r' ? 'a' : observed;
        } catch (XlSyntaxException refused) {
            return 'r';
        } catch (XlConfigException refused) {
            return observed == 'c' || Stricter.than(refused.problems()) ? observed : 'r';
        }
    }
}

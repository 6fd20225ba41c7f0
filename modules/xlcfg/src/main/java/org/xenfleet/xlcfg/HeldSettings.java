package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Works out what xl's parser holds for every assignment once it has read the file: after {@code +=} the sum, and an
 * empty list for a list that was added to, because its items moved on. For one file.
 */
final class HeldSettings {
    /**
     * What the sums of texts may come to that a later {@code +=} overtakes. xl keeps every one of them, so a file of
     * nothing but {@code +=} makes it hold the square of its length; past this many characters such a text is left as
     * it was written.
     */
    private static final int OVERTAKEN_TEXT = 1 << 20;

    private final List<XlSetting> held;
    private final Map<String, List<Integer>> chains = new TreeMap<>();
    private long overtaken;

    private HeldSettings(List<XlSetting> written) {
        this.held = new ArrayList<>(written);
    }

    static List<XlSetting> of(List<XlSetting> written) {
        return new HeldSettings(written).work();
    }

    private List<XlSetting> work() {
        for (int i = 0; i < held.size(); i++) {
            XlSetting setting = held.get(i);
            List<Integer> chain = chains.computeIfAbsent(setting.name(), name -> new ArrayList<>());
            if (!setting.appends()) {
                addUp(chain);
                chain.clear();
            }
            chain.add(i);
        }
        chains.values().forEach(this::addUp);
        return held;
    }

    /** @param chain the places of one name's {@code =} and of each {@code +=} to it */
    private void addUp(List<Integer> chain) {
        if (chain.size() < 2) {
            return;
        }
        if (held.get(chain.get(0)).value() instanceof XlValue.ListOf) {
            addUpLists(chain);
        } else {
            addUpTexts(chain);
        }
    }

    private void addUpLists(List<Integer> chain) {
        List<XlValue> all = new ArrayList<>();
        for (int place : chain) {
            if (held.get(place).value() instanceof XlValue.ListOf list) {
                all.addAll(list.items());
            }
            hold(place, new XlValue.ListOf(List.of()));
        }
        hold(chain.get(chain.size() - 1), new XlValue.ListOf(all));
    }

    private void addUpTexts(List<Integer> chain) {
        StringBuilder sum = new StringBuilder();
        for (int i = 0; i < chain.size(); i++) {
            int place = chain.get(i);
            if (held.get(place).value() instanceof XlValue.Scalar text) {
                sum.append(text.text());
            }
            boolean last = i == chain.size() - 1;
            overtaken += last || i == 0 ? 0 : sum.length();
            if (i > 0 && (last || overtaken <= OVERTAKEN_TEXT)) {
                hold(place, new XlValue.Scalar(sum.toString(), false));
            }
        }
    }

    private void hold(int place, XlValue value) {
        XlSetting setting = held.get(place);
        held.set(place, new XlSetting(setting.name(), setting.operator(), setting.line(), value));
    }
}

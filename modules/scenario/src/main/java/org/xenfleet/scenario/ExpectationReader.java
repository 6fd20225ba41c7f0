package org.xenfleet.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the key {@code expect}: {@code PATH OP NUMBER[unit]} each. */
final class ExpectationReader {
    private static final Pattern FORM = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_./'\\[\\]-]*)\\s*(==|!=|<=|>=|<|>)"
            + "\\s*([+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?)\\s*([A-Za-z]*)\\s*");

    private ExpectationReader() {}

    static List<Expectation> read(Section root) {
        List<Expectation> expectations = new ArrayList<>();
        for (String text : root.texts("expect")) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                root.problem(
                        "expect",
                        "has the condition \"" + text + "\", which is not PATH OP NUMBER[unit] with OP one of"
                                + " == != < <= > >=; write for example \"hosts.crashed == 0\"");
                continue;
            }
            String unit = matcher.group(4);
            Optional<Long> factor = unit.isEmpty() ? Optional.of(1L) : Quantity.factor(unit);
            if (factor.isEmpty()) {
                root.problem(
                        "expect",
                        "has the condition \"" + text + "\" with the unit '" + unit + "'; units are "
                                + Quantity.unitNames(KeyType.DURATION) + " and " + Quantity.unitNames(KeyType.SIZE));
                continue;
            }
            BigDecimal value = new BigDecimal(matcher.group(3)).multiply(BigDecimal.valueOf(factor.get()));
            expectations.add(new Expectation(text, matcher.group(1), matcher.group(2), value));
        }
        return expectations;
    }
}

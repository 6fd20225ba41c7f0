package org.xenfleet.results;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Holds expectations against a summary. A path that leads nowhere, or to something that is not a number, makes its
 * expectation not met, with a sentence that names what is near: a misspelt expectation must never pass.
 */
final class ExpectationCheck {

    private ExpectationCheck() {}

    /** One result for each expectation, in their order. */
    static List<CheckedExpectation> check(RunSummary summary, List<Expected> expected) {
        JsonNode tree = SummaryTree.of(summary);
        return expected.stream().map(one -> check(tree, one)).toList();
    }

    private static CheckedExpectation check(JsonNode tree, Expected expected) {
        try {
            BigDecimal found = number(tree, expected.path());
            boolean met = holds(found.compareTo(expected.value()), expected.operator());
            return new CheckedExpectation(expected.text(), expected.path(), Optional.of(found), met, Optional.empty());
        } catch (IllegalArgumentException e) {
            return new CheckedExpectation(
                    expected.text(), expected.path(), Optional.empty(), false, Optional.ofNullable(e.getMessage()));
        }
    }

    private static boolean holds(int order, String operator) {
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default ->
                throw new IllegalArgumentException("\"" + operator + "\" is none of the operators == != < <= > >=");
        };
    }

    private static BigDecimal number(JsonNode tree, String path) {
        JsonNode node = tree;
        StringBuilder reached = new StringBuilder();
        for (String step : SummaryPath.parse(path).steps()) {
            node = child(node, step, reached.toString());
            reached.append(reached.isEmpty() ? "" : ".").append(step);
        }
        if (!node.isNumber()) {
            throw new IllegalArgumentException(path + " is " + describe(node) + ", not a number");
        }
        return node.decimalValue();
    }

    private static JsonNode child(JsonNode node, String step, String reached) {
        Optional<JsonNode> child = node.isArray() ? element(node, step) : Optional.ofNullable(node.get(step));
        return child.orElseThrow(() -> new IllegalArgumentException(missing(node, step, reached)));
    }

    private static Optional<JsonNode> element(JsonNode list, String step) {
        if (step.matches("\\d{1,9}")) {
            return Optional.ofNullable(list.get(Integer.parseInt(step)));
        }
        return list.values().stream()
                .filter(member -> member.path("name").asString("").equals(step))
                .findFirst();
    }

    private static String missing(JsonNode node, String step, String reached) {
        String where = reached.isEmpty() ? "summary.json" : reached;
        if (node.isArray()) {
            return where + " has no member " + step + ": it lists " + node.size()
                    + (node.isEmpty() ? "" : ", numbered from 0");
        }
        if (!node.isObject()) {
            return where + " is " + describe(node) + " and has no \"" + step + "\" in it";
        }
        List<String> near = NearNames.of(step, node.propertyNames());
        return where + " has no \"" + step + "\"; "
                + (near.isEmpty()
                        ? "it has " + String.join(", ", node.propertyNames())
                        : "did you mean " + String.join(" or ", near) + "?");
    }

    private static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list of " + node.size();
            case OBJECT -> "a group of values";
            case NULL -> "empty here";
            case STRING -> "the text \"" + node.asString() + "\"";
            default -> node.toString();
        };
    }
}

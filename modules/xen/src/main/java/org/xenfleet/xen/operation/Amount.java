package org.xenfleet.xen.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of something there are, as a file of the catalogue writes it: a sum of products of numbers and names, each to a
 * power if one is given, a product divided if a number is given for that ({@code "arg.count * 2^arg.order"}, {@code
 * "guest.max-gfn / 32768"}), or {@code infinite}. What is not whole is rounded up. Immutable.
 *
 * @param text as it was written
 * @param products none of an infinite amount
 */
public record Amount(String text, List<Product> products) {
    /** What counts as without end, and is never exceeded: with a nanosecond each, 73 years. */
    public static final long INFINITE = 1L << 61;

    /** An argument of the call: how many entries it has. */
    public static final String COUNT = "arg.count";

    /** An argument of the call: the order of an extent, or the levels of a tree. */
    public static final String ORDER = "arg.order";

    /** Pages that the domain worked on has. */
    public static final String PAGES = "guest.pages";

    /** gfns of the domain worked on, up to the highest that it ever had mapped; 0 where Xen keeps no p2m of it. */
    public static final String MAX_GFN = "guest.max-gfn";

    /** What the domain worked on has accumulated, by the name that follows. */
    public static final String STATE = "state.";

    private static final String WITHOUT_END = "infinite";
    private static final List<String> NAMES = List.of(COUNT, ORDER, MAX_GFN, PAGES);
    private static final Pattern STATE_NAME = Pattern.compile("state\\.[a-z][a-z0-9-]{0,40}");
    private static final Pattern FACTOR = Pattern.compile("([a-z0-9.-]+)(?:\\^([a-z0-9.-]+))?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    public static final Amount ONE = of("1");

    /** @param per what the product of the factors is divided by, at least 1 */
    public record Product(List<Factor> factors, long per) {
        public Product {
            factors = List.copyOf(factors);
        }
    }

    /** Each a number or a name; the power of {@code "1"} changes nothing. */
    public record Factor(String base, String power) {}

    /** What the names stand for when the amount is asked for. */
    public interface Values {
        /** At least 0. */
        long of(String name);
    }

    public Amount {
        products = List.copyOf(products);
    }

    /** @throws IllegalArgumentException with a sentence, if the text is no amount */
    public static Amount of(String text) {
        String plain = text.strip();
        if (plain.equals(WITHOUT_END)) {
            return new Amount(plain, List.of());
        }
        List<Product> products = new ArrayList<>();
        for (String product : plain.split("\\+", -1)) {
            products.add(product(product));
        }
        return new Amount(plain, products);
    }

    private static Product product(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("'" + text.strip() + "' divides more than once");
        }
        long per = 1;
        if (parts.length == 2) {
            String divisor = parts[1].strip();
            if (!NUMBER.matcher(divisor).matches() || Long.parseLong(divisor) == 0) {
                throw new IllegalArgumentException("'" + divisor + "' is no number to divide by");
            }
            per = Long.parseLong(divisor);
        }
        List<Factor> factors = new ArrayList<>();
        for (String factor : parts[0].split("\\*", -1)) {
            factors.add(factor(factor.replace(" ", "")));
        }
        return new Product(factors, per);
    }

    private static Factor factor(String text) {
        Matcher factor = FACTOR.matcher(text);
        if (!factor.matches()) {
            throw new IllegalArgumentException("'" + text + "' is neither a number nor a name, nor a power of one");
        }
        String power = factor.group(2) == null ? "1" : factor.group(2);
        return new Factor(known(factor.group(1)), known(power));
    }

    private static String known(String name) {
        if (NUMBER.matcher(name).matches()
                || NAMES.contains(name)
                || STATE_NAME.matcher(name).matches()) {
            return name;
        }
        throw new IllegalArgumentException("'" + name + "' is no amount that is known; there are "
                + String.join(", ", NAMES) + ", and state. with a name of your own");
    }

    public boolean isInfinite() {
        return products.isEmpty();
    }

    /** The names in it, without numbers. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (Product product : products) {
            for (Factor factor : product.factors()) {
                names.add(factor.base());
                names.add(factor.power());
            }
        }
        names.removeIf(n -> NUMBER.matcher(n).matches());
        return names;
    }

    /** At most {@link #INFINITE}. */
    public long in(Values values) {
        if (isInfinite()) {
            return INFINITE;
        }
        long sum = 0;
        for (Product product : products) {
            long whole = 1;
            for (Factor factor : product.factors()) {
                whole = times(whole, power(value(factor.base(), values), value(factor.power(), values)));
            }
            boolean endless = whole == INFINITE;
            sum = Math.min(INFINITE, sum + (endless ? INFINITE : (whole + product.per() - 1) / product.per()));
        }
        return sum;
    }

    private static long value(String atom, Values values) {
        long value = NUMBER.matcher(atom).matches() ? Long.parseLong(atom) : values.of(atom);
        return Math.min(INFINITE, value);
    }

    private static long power(long base, long power) {
        if (base <= 1 || power == 1) {
            return power == 0 ? 1 : base;
        }
        long result = 1;
        for (long i = 0; i < power && result < INFINITE; i++) {
            result = times(result, base);
        }
        return result;
    }

    /** The product of two amounts, at most {@link #INFINITE}. */
    public static long times(long a, long b) {
        return a != 0 && b > INFINITE / a ? INFINITE : Math.min(INFINITE, a * b);
    }
}

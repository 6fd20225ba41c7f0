package org.xenfleet.results;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Role;

/**
 * Availability as a number with six decimals, rounded half up from exact fractions: the same on every machine. Where
 * nothing could be available it is 1, because nothing was lost.
 */
public final class Availability {
    /** Decimals of every availability in a file. */
    public static final int DECIMALS = 6;

    private Availability() {}

    /** Available time over observed time of one domain, from 0.000000 to 1.000000. */
    public static BigDecimal of(Domain domain) {
        return domain.observedNs() == 0
                ? rounded(BigInteger.ONE, BigInteger.ONE)
                : rounded(BigInteger.valueOf(domain.availableNs()), BigInteger.valueOf(domain.observedNs()));
    }

    /** The mean over the guests among {@code domains} that were unpaused at some time; every guest weighs the same. */
    static BigDecimal mean(Collection<Domain> domains) {
        Mean mean = new Mean();
        domains.forEach(mean::add);
        return mean.value();
    }

    /** Takes that mean while the domains come one by one. One thread only. */
    static final class Mean {
        private final Map<Long, BigInteger> availableByObserved = new TreeMap<>();
        private long guests;

        void add(Domain domain) {
            if (domain.role() == Role.GUEST && domain.observedNs() > 0) {
                availableByObserved.merge(
                        domain.observedNs(), BigInteger.valueOf(domain.availableNs()), BigInteger::add);
                guests++;
            }
        }

        BigDecimal value() {
            if (guests == 0) {
                return rounded(BigInteger.ONE, BigInteger.ONE);
            }
            BigInteger above = BigInteger.ZERO;
            BigInteger below = BigInteger.ONE;
            for (Map.Entry<Long, BigInteger> part : availableByObserved.entrySet()) {
                BigInteger observed = BigInteger.valueOf(part.getKey());
                above = above.multiply(observed).add(part.getValue().multiply(below));
                below = below.multiply(observed);
            }
            return rounded(above, below.multiply(BigInteger.valueOf(guests)));
        }
    }

    private static BigDecimal rounded(BigInteger above, BigInteger below) {
        return new BigDecimal(above).divide(new BigDecimal(below), DECIMALS, RoundingMode.HALF_UP);
    }
}

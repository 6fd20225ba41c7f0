package org.xenfleet.xen.time;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.time.Damage.Kind;

/** Collects what is worth a {@link Damage}. Times are true ns. Used by one thread. */
final class DamageLog {
    /** Less than this is no damage, in ns: rounding makes some ns, a real clock that is well strays by microseconds. */
    static final long NOTICED_NS = 1_000;

    private final List<Damage> damage = new ArrayList<>();

    /** Behind the true time for good, as far as it has been written down. */
    private long lost;

    /** When the damage began that has not settled. */
    private long since;

    private boolean settled = true;

    void rate(long from, long until, long change) {
        add(from, until, change < 0 ? Kind.SLOW : Kind.FAST, change);
    }

    void step(long at, long change) {
        add(at, at, change < 0 ? Kind.STEP_BACK : Kind.STEP_FORWARD, change);
    }

    /** At {@code at} the counter is {@code missing} behind the system time, and nobody knows what comes of it. */
    void untold(long at, long missing) {
        add(at, at, Kind.UNTOLD, missing);
    }

    /** At {@code at} all clocks of Xen agree, and are {@code behind} the true time. */
    void settles(long at, long behind) {
        long more = behind - lost;
        if (!settled && Math.abs(more) >= NOTICED_NS) {
            damage.add(new Damage(since, at, more > 0 ? Kind.LOST : Kind.GAINED, Math.abs(more)));
            lost = behind;
        }
        settled = true;
    }

    /** What there is, and {@code change} since {@code from}, which goes on. */
    List<Damage> until(long now, long from, long change) {
        if (Math.abs(change) < NOTICED_NS) {
            return List.copyOf(damage);
        }
        List<Damage> all = new ArrayList<>(damage);
        all.add(new Damage(from, now, change < 0 ? Kind.SLOW : Kind.FAST, Math.abs(change)));
        return List.copyOf(all);
    }

    private void add(long from, long until, Kind kind, long change) {
        if (Math.abs(change) < NOTICED_NS) {
            return;
        }
        if (settled) {
            settled = false;
            since = from;
        }
        damage.add(new Damage(from, until, kind, Math.abs(change)));
    }

    void fields(Fields f) {
        lost = f.at("lost", lost);
        since = f.at("damaged-since", since);
        settled = f.at("settled", settled);
        int n = f.at("damages", damage.size());
        List<Damage> old = List.copyOf(damage);
        damage.clear();
        for (int i = 0; i < n; i++) {
            Damage d = i < old.size() ? old.get(i) : new Damage(0, 0, Kind.SLOW, 0);
            long from = f.at("damage-from", d.from());
            long until = f.at("damage-until", d.until());
            Kind kind = Kind.values()[f.at("damage-kind", d.kind().ordinal())];
            damage.add(new Damage(from, until, kind, f.at("damage-ns", d.ns())));
        }
    }
}

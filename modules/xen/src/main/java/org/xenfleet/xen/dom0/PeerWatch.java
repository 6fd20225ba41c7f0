package org.xenfleet.xen.dom0;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xenfleet.xen.Fields;

/**
 * Whom of the other hosts of its pool a host hears, and whom it counts as lost. What arrives lies there until the host looks;
 * then everybody of whom nothing has arrived for the time-out is lost, until something does. All count as heard at time 0.
 * Times are ns. Used by one thread.
 *
 * <p>Modelled after the heartbeat of XenServer's HA daemon, xhad; see docs/model.md.
 */
public final class PeerWatch {
    /**
     * A host was found lost, or heard again.
     *
     * @param since when the last thing arrived that had been heard of it before
     */
    public record Finding(long time, int peer, boolean back, long since) {}

    /** Further ones are counted only. */
    private static final int MOST_FINDINGS = 64;

    private static final long NOT_LOST = -1;

    private final int self;
    private final long timeout;
    /** By host, when something last arrived of it. */
    private final long[] arrived;
    /** By host, when something had last arrived of it when it was lost; -1 of one that is not. */
    private final long[] silentSince;

    private final List<Finding> findings = new ArrayList<>(0);
    private long unread;
    private long read;
    private long losses;
    private long longestSilence;

    /**
     * @param self the host's own number
     * @param hosts of the pool, which have the numbers from 0
     * @param timeout at least 1
     */
    public PeerWatch(int self, int hosts, long timeout) {
        this.self = self;
        this.timeout = timeout;
        this.arrived = new long[hosts];
        this.silentSince = new long[hosts];
        Arrays.fill(silentSince, NOT_LOST);
    }

    /** Something of another host is there. */
    public void arrives(int peer, long now) {
        arrived[peer] = now;
        unread++;
    }

    /** The host looks at what is there. */
    public void look(long now) {
        read += unread;
        unread = 0;
        for (int peer = 0; peer < arrived.length; peer++) {
            if (peer != self) {
                judge(peer, now);
            }
        }
    }

    private void judge(int peer, long now) {
        long silence = now - arrived[peer];
        longestSilence = Math.max(longestSilence, silence);
        boolean lost = silentSince[peer] != NOT_LOST;
        if (lost && silence < timeout) {
            find(new Finding(now, peer, true, silentSince[peer]));
            silentSince[peer] = NOT_LOST;
        } else if (!lost && silence >= timeout) {
            losses++;
            silentSince[peer] = arrived[peer];
            find(new Finding(now, peer, false, arrived[peer]));
        }
    }

    private void find(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    /** The first 64, in their order. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** How many messages it has looked at. */
    public long read() {
        return read;
    }

    /** How often it lost somebody. */
    public long losses() {
        return losses;
    }

    /** How many it counts as lost now. */
    public int lost() {
        int lost = 0;
        for (long since : silentSince) {
            lost += since == NOT_LOST ? 0 : 1;
        }
        return lost;
    }

    /** The longest that anybody had been silent for when it looked. */
    public long longestSilence() {
        return longestSilence;
    }

    public void fields(Fields f) {
        f.at("arrived", arrived);
        f.at("silent-since", silentSince);
        unread = f.at("unread", unread);
        read = f.at("read", read);
        losses = f.at("losses", losses);
        longestSilence = f.at("longest-silence", longestSilence);
        int n = f.at("findings", findings.size());
        List<Finding> old = List.copyOf(findings);
        findings.clear();
        for (int i = 0; i < n; i++) {
            Finding x = i < old.size() ? old.get(i) : new Finding(0, 0, false, 0);
            findings.add(new Finding(
                    f.at("found-at", x.time()),
                    f.at("found-peer", x.peer()),
                    f.at("found-back", x.back()),
                    f.at("found-since", x.since())));
        }
    }
}

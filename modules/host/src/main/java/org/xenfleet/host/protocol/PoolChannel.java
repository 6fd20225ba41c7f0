package org.xenfleet.host.protocol;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;

/**
 * The control network between the hosts of a pool, as one of them sees it.
 *
 * <pre>
 *   Host       --MessageArrives--> Domain 0   from another host: it lies there until the agent looks
 *   Hypervisor --HostDown-->       Domain 0   the agent does nothing any more, and nobody hears what arrives
 * </pre>
 */
public sealed interface PoolChannel extends Message {

    /**
     * @param sender index of the host in the pool
     * @param what kind of the message
     */
    record MessageArrives(int sender, long sequence, long sentNs, int what, long value) implements PoolChannel {
        @Override
        public int kind() {
            return 120;
        }

        @Override
        public void write(StateWriter out) {
            out.put("sender", sender);
            out.put("sequence", sequence);
            out.put("sent", sentNs);
            out.put("what", what);
            out.put("value", value);
        }
    }

    record HostDown() implements PoolChannel {
        @Override
        public int kind() {
            return 121;
        }

        @Override
        public void write(StateWriter out) {}
    }
}

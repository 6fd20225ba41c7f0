package org.xenfleet.bench.phold;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.MessageCodec;
import org.xenfleet.timeline.StateWriter;

/** An event of PHOLD; all that it says is whom it is sent to. */
record Hop() implements Message {
    static final Hop HOP = new Hop();
    static final MessageCodec CODEC = MessageCodec.builder().add(1, in -> HOP).build();

    @Override
    public int kind() {
        return 1;
    }

    @Override
    public void write(StateWriter out) {}
}

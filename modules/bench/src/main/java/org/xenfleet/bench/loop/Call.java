package org.xenfleet.bench.loop;

import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.MessageCodec;
import org.xenfleet.timeline.StateWriter;

/** What a receiver is sent; it is made once and sent again and again, as a pCPU does with its timer interrupt. */
record Call(int receiver) implements Message {
    static final MessageCodec CODEC =
            MessageCodec.builder().add(1, in -> new Call(in.getInt("receiver"))).build();

    @Override
    public int kind() {
        return 1;
    }

    @Override
    public void write(StateWriter out) {
        out.put("receiver", receiver);
    }
}

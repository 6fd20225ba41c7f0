package org.xenfleet.timeline;

/**
 * What the actors of an island say to each other: a record of numbers, strings and nested values, never a lambda, an
 * {@code ActorRef} or anything with an identity. {@link #kind()} is unique within a {@link MessageCodec} and stays the same
 * for ever, as it goes into digests; {@link #write} puts the record's fields in their declared order.
 */
public interface Message {
    int kind();

    void write(StateWriter out);
}

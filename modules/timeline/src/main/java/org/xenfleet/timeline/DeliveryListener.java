package org.xenfleet.timeline;

/**
 * Hears every delivery of an island before its receiver does. {@code sender} is the address of the actor that sent or
 * scheduled the message, or -1 when it came from outside; {@code number} counts deliveries from 0.
 */
@FunctionalInterface
public interface DeliveryListener {
    void delivering(long number, long time, int sender, int target, Message message);
}

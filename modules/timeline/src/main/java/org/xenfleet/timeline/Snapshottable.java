package org.xenfleet.timeline;

/**
 * State that can be written down and read back. {@code read} into a freshly made object of the same configuration gives
 * an object that behaves as the written one.
 */
public interface Snapshottable {
    void write(StateWriter out);

    void read(StateReader in);
}

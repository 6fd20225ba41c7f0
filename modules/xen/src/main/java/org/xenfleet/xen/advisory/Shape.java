package org.xenfleet.xen.advisory;

/** What makes the work of an advisory long, or endless. Source: advisories.md section 2. */
public enum Shape {
    FLAT_RANGE_LOOP("a range as long as its caller likes"),
    SIZE_EXPONENT("an order, of which the work is a power of two"),
    NESTED_TREE_WALK("a tree that a guest builds"),
    TEARDOWN_SCAN("all that a domain gathered while it lived"),
    HIDDEN_LINEAR_LOOKUP("a list searched by every call"),
    INFINITE_LOOP("a loop without an end, or work that asks for itself again"),
    SHARED_MEMORY_RACE("memory that somebody else keeps changing"),
    LOCK_STARVATION("a lock that its taker never gets"),
    LOCK_LEAK("something that is waited for in vain");

    private final String meaning;

    Shape(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}

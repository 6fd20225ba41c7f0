package org.xenfleet.cluster;

/** A node was not started, or could not go on. The message is a sentence for the user. */
public final class NodeRefusal extends Exception {

    public NodeRefusal(String message) {
        super(message);
    }

    public NodeRefusal(String message, Throwable cause) {
        super(message, cause);
    }
}

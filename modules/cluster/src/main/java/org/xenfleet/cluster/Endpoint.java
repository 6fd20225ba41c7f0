package org.xenfleet.cluster;

/**
 * A host and a port, written HOST:PORT, or [HOST]:PORT where the host is an address of IPv6.
 *
 * @param host a name or an address, without brackets
 * @param port 0 where a free one is to be chosen, at most 65535
 */
public record Endpoint(String host, int port) {
    public static final String LOOPBACK = "127.0.0.1";

    public Endpoint {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("an address needs a host");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
        }
    }

    /** Any free port of this machine that only this machine can reach. */
    public static Endpoint loopback() {
        return new Endpoint(LOOPBACK, 0);
    }

    /** @throws IllegalArgumentException with a sentence */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !bracketed) || !port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no address; HOST:PORT is, such as 127.0.0.1:17355");
        }
        return new Endpoint(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

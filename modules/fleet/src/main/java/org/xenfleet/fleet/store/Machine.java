package org.xenfleet.fleet.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * What tells one machine from another. Immutable.
 *
 * @param host its name
 * @param id stays the same while the system is installed; a hash of /etc/machine-id, which programs are asked not to publish
 * @param boot differs each time the kernel starts and is the same in all containers on it; Linux only
 */
record Machine(String host, Optional<String> id, Optional<String> boot) {

    static Machine here() {
        return new Machine(
                line("/proc/sys/kernel/hostname").orElseGet(Machine::hostName),
                line("/etc/machine-id").map(Machine::hash),
                line("/proc/sys/kernel/random/boot_id"));
    }

    /** Whether processes that find these two share a kernel, and so see each other's files and locks at once. */
    boolean isTogetherWith(Machine other) {
        boolean known = boot.isPresent() && other.boot.isPresent();
        return known ? boot.equals(other.boot) : isAgain(other);
    }

    /** Whether these are one machine, before and after a restart. */
    boolean isAgain(Machine other) {
        return host.equals(other.host) && (id.isEmpty() || other.id.isEmpty() || id.equals(other.id));
    }

    private static Optional<String> line(String file) {
        try {
            return Files.readString(Path.of(file))
                    .lines()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String hash(String id) {
        return UUID.nameUUIDFromBytes(("xenfleet:" + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}

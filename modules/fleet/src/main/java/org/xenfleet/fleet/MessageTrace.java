package org.xenfleet.fleet;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.timeline.DeliveryListener;

/**
 * The file of every delivery, one line each, tab separated: host, number of the delivery, ns, sender, receiver, message. A
 * sender "timeline" means that the receiver had scheduled it. Safe for several hosts at once.
 */
final class MessageTrace implements AutoCloseable {
    private final BufferedWriter out;

    MessageTrace(Path file) throws IOException {
        this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    DeliveryListener of(HostSimulation host) {
        String name = host.plan().name();
        return (number, time, sender, target, message) -> write(name
                + '\t'
                + number
                + '\t'
                + time
                + '\t'
                + host.actorAt(sender)
                + '\t'
                + host.actorAt(target)
                + '\t'
                + message
                + '\n');
    }

    private synchronized void write(String line) {
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the message trace cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}

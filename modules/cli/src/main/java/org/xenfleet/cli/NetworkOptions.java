package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say how the processes of a cluster talk to each other. */
final class NetworkOptions {
    @Option(
            names = "--bind",
            paramLabel = "HOST[:PORT]",
            description = "The address of this process for others. The loopback if not given; any other needs TLS.")
    private @Nullable String bind;

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            description = "Where others reach this process, if that is not where it listens.")
    private @Nullable String advertise;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The private key of this process, PEM.")
    private @Nullable Path key;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Its certificate, PEM.")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "The certificate of the authority that signed those of all processes, PEM.")
    private @Nullable Path authority;

    @Option(names = "--insecure", description = "Talk over the network without TLS.")
    private boolean insecure;

    Where.Network network(CommandLine line) {
        int given = (key == null ? 0 : 1) + (certificate == null ? 0 : 1) + (authority == null ? 0 : 1);
        if (given != 0 && given != 3) {
            throw new ParameterException(line, "--tls-key, --tls-cert and --tls-ca go together; give all three.");
        }
        if (advertise != null && !Networks.isHostPort(advertise)) {
            throw new ParameterException(
                    line,
                    "--advertise: '" + advertise
                            + "' is nothing that others could connect to; write an address and a port, such as"
                            + " node1.example.org:25520.");
        }
        Where.Network network = new Where.Network(
                Optional.ofNullable(bind),
                Optional.ofNullable(advertise),
                Optional.ofNullable(key),
                Optional.ofNullable(certificate),
                Optional.ofNullable(authority),
                insecure);
        Optional<String> refusal = Networks.refusal(network);
        if (refusal.isPresent()) {
            throw new ParameterException(line, refusal.get());
        }
        return network;
    }
}

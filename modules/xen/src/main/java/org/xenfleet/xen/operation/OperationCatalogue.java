package org.xenfleet.xen.operation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The operations that are shipped, read from their files. Immutable. */
public final class OperationCatalogue {
    private static final List<String> SHIPPED = List.of("set_mem_access");

    private final List<Operation> operations;

    private OperationCatalogue(List<Operation> operations) {
        this.operations = operations;
    }

    public static OperationCatalogue shipped() {
        return new OperationCatalogue(
                SHIPPED.stream().map(OperationCatalogue::readShipped).toList());
    }

    public Optional<Operation> find(String name) {
        return operations.stream().filter(o -> o.name().equals(name)).findFirst();
    }

    /** The number by which messages name an operation. */
    public int indexOf(String name) {
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no operation is named " + name + "; there are " + names());
    }

    public Operation at(int index) {
        return operations.get(index);
    }

    public List<String> names() {
        return operations.stream().map(Operation::name).toList();
    }

    private static Operation readShipped(String name) {
        String file = name + ".conf";
        try (InputStream in = OperationCatalogue.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not shipped");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            return read(ConfigFactory.parseReader(reader).resolve());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation read(Config c) {
        return new Operation(
                c.getString("name"),
                c.getString("hypercall"),
                c.getInt("sub-op"),
                c.getString("advisory"),
                c.getStringList("checks").stream().map(Check::ofLabel).toList(),
                cadence(c.getConfig("vulnerable")),
                cadence(c.getConfig("fixed")));
    }

    private static Operation.Cadence cadence(Config c) {
        String progress = c.getString("progress").toUpperCase(Locale.ROOT).replace('-', '_');
        return new Operation.Cadence(c.getLong("every"), Operation.Progress.valueOf(progress));
    }
}

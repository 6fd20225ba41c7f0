package org.xenfleet.xlcfg;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the real programs made of drawn and written texts: libxlutil and xl of Xen 4.17 as Debian 12 has them
 * (4.17.5+72-g01140da4e8-1), xl in a dry run on a pretended host of 16 pCPUs and 2 nodes. {@link #main} writes the drawn
 * texts to a file, each after its length (4 bytes, the highest first), so that they can be observed again.
 */
final class Observed {
    static final long SEED = 6;
    static final int TEXTS = 5000;
    static final int GUESTS = 5000;

    private Observed() {}

    static List<String> lines(String resource) {
        try (InputStream in = Observed.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("There is no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> texts() {
        return draw(TEXTS, new DrawnText(SEED)::next);
    }

    static List<byte[]> guests() {
        return draw(GUESTS, new DrawnGuest(SEED)::next);
    }

    private static List<byte[]> draw(int count, Supplier<byte[]> next) {
        List<byte[]> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(next.get());
        }
        return drawn;
    }

    /** @param args texts or guests, and the file to write */
    public static void main(String[] args) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            for (byte[] text : args[0].equals("texts") ? texts() : guests()) {
                out.writeInt(text.length);
                out.write(text);
            }
        }
    }
}

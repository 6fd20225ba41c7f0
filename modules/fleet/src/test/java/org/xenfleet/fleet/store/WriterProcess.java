package org.xenfleet.fleet.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.xenfleet.fleet.RunStore;

/** What a {@link ChildWriter} runs: a process of its own that writes into a store and says so line by line. */
public final class WriterProcess {

    private WriterProcess() {}

    /**
     * {@code loop LOCATION RUN PIECE LENGTH COUNT} puts {@link NumberedBytes} 1, 2, 3, saying "writing N" before and "written N"
     * after each; {@code half FILE} replaces a file by "whole", but says "half" after its first two bytes and goes on once it
     * was told a line.
     */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("half")) {
            writeHalf(Path.of(args[1]));
        } else {
            loop(StoreLocation.of(args[1]), args[2], args[3], Integer.parseInt(args[4]), Long.parseLong(args[5]));
        }
    }

    private static void loop(StoreLocation where, String run, String piece, int length, long count) throws IOException {
        try (RunStore store = RunStores.join(where, run)) {
            for (long number = 1; number <= count; number++) {
                byte[] bytes = NumberedBytes.of(number, length);
                say("writing " + number);
                store.put(piece, bytes);
                say("written " + number);
            }
        }
    }

    private static void writeHalf(Path file) throws IOException {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is in no folder");
        }
        new Drafts(folder).replace(file, draft -> {
            draft.write(ByteBuffer.wrap(new byte[] {'w', 'h'}));
            say("half");
            told.readLine();
            draft.write(ByteBuffer.wrap(new byte[] {'o', 'l', 'e'}));
        });
        say("whole");
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}

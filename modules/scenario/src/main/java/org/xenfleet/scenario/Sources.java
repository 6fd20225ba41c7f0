package org.xenfleet.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The only place that opens files: the top file of a scenario, and others below its folder. Every file is read once and
 * remembered with its digest. One thread.
 */
final class Sources {
    static final int MOST_BYTES = 16 << 20;

    /** A file that was found below the folder of the scenario. */
    record Found(Path real, String display) {}

    private final Path top;
    private final Path topReal;
    private final String topName;
    private final Map<Path, byte[]> contents = new LinkedHashMap<>();
    private final Map<Path, String> displays = new LinkedHashMap<>();

    /** @throws Refused when the file is not there or not a regular file */
    Sources(Path file) {
        topName = slashes(file);
        Path absolute = file.toAbsolutePath();
        if (!Files.exists(absolute)) {
            throw new Refused(Place.of(topName).problem("there is no such file"));
        }
        checkRegular(absolute, Place.of(topName), "");
        Path folder = absolute.getParent();
        try {
            top = absolute.toRealPath();
            topReal = (folder == null ? absolute : folder).toRealPath();
        } catch (IOException e) {
            throw new Refused(Place.of(topName).problem("cannot be read: " + e));
        }
        displays.put(top, topName);
    }

    Found top() {
        return new Found(top, topName);
    }

    /** The real folder of the scenario. */
    Path folder() {
        return topReal;
    }

    /**
     * Finds a file that a text names.
     *
     * @param named as it stands in the text
     * @param what kind of file, for messages, such as "the xl file"
     * @param by where it is named
     * @throws Refused when it is not there, not a regular file or not below the scenario's folder
     */
    Found find(Path from, String named, String what, Place by) {
        String subject = what + " '" + named + "'";
        Path path;
        try {
            path = from.resolve(named).normalize();
        } catch (InvalidPathException e) {
            throw new Refused(by.problem(subject + " is not the name of a file"));
        }
        if (named.isEmpty()) {
            throw new Refused(by.problem(what + " has an empty name"));
        }
        if (!path.startsWith(topReal)) {
            throw new Refused(
                    by.problem(subject + " is not below the scenario's folder; only files below it are read"));
        }
        if (!Files.exists(path)) {
            throw new Refused(by.problem("there is no " + what.replaceFirst("^the ", "") + " '" + named
                    + "' (looked for " + display(path) + ")" + Suggest.file(path)));
        }
        checkRegular(path, by, subject + " ");
        try {
            Path real = path.toRealPath();
            if (!real.startsWith(topReal)) {
                throw new Refused(
                        by.problem(subject + " is a link to a place that is not below the scenario's folder"));
            }
            displays.putIfAbsent(real, display(path));
            return new Found(real, display(path));
        } catch (IOException e) {
            throw new Refused(by.problem(subject + " cannot be read: " + e));
        }
    }

    /** @throws Refused when it is longer than {@code most} or cannot be read */
    byte[] read(Found file, int most, Place by) {
        byte[] known = contents.get(file.real());
        if (known != null) {
            return known;
        }
        try (InputStream in = Files.newInputStream(file.real())) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new Refused(
                        by.problem((by.file().equals(file.display()) ? "" : "the file '" + file.display() + "' ")
                                + "is longer than " + (most >> 20) + " MiB"));
            }
            contents.put(file.real(), bytes);
            return bytes;
        } catch (IOException e) {
            throw new Refused(by.problem("the file '" + file.display() + "' cannot be read: " + e));
        }
    }

    /** Every file that was read: the top file, then the others by name. */
    List<InputFile> inputs() {
        List<InputFile> inputs = new ArrayList<>();
        contents.forEach(
                (path, bytes) -> inputs.add(new InputFile(displays.getOrDefault(path, slashes(path)), sha256(bytes))));
        inputs.sort((a, b) -> {
            boolean topA = a.path().equals(topName);
            boolean topB = b.path().equals(topName);
            return topA != topB ? (topA ? -1 : 1) : a.path().compareTo(b.path());
        });
        return inputs;
    }

    private String display(Path path) {
        int slash = topName.lastIndexOf('/');
        return topName.substring(0, slash + 1) + slashes(topReal.relativize(path));
    }

    private static void checkRegular(Path path, Place by, String subject) {
        if (Files.isDirectory(path)) {
            throw new Refused(by.problem(subject + "is a directory; a file is needed"));
        }
        if (!Files.isRegularFile(path)) {
            throw new Refused(by.problem(subject + "is not a regular file"));
        }
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

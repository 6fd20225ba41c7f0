package org.xenfleet.fleet.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xenfleet.results.OutputException;

/**
 * Where the user wants checkpoints to lie: a folder, or the URL of a shared store. Nothing was opened yet. Immutable.
 * {@link #toString} shows no secret.
 */
public final class StoreLocation {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** A letter before a colon is a drive of Windows. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private static final String WHAT_DOES = " A store is a folder, or jdbc:postgresql://HOST/DATABASE.";

    private final String text;
    private final Optional<Path> passwordFile;

    private StoreLocation(String text, Optional<Path> passwordFile) {
        this.text = text;
        this.passwordFile = passwordFile;
    }

    /**
     * @param text the path of a folder, or a URL that begins with {@code jdbc:postgresql:}
     * @throws StoreRefused if it is neither
     */
    public static StoreLocation of(String text) throws StoreRefused {
        if (text.startsWith(POSTGRESQL)) {
            return ofUrl(text);
        }
        if (text.isBlank()) {
            throw new StoreRefused("The place of the store is empty." + WHAT_DOES);
        }
        if (SCHEME.matcher(text).matches()) {
            throw new StoreRefused("There is no store of the kind " + RunStores.redacted(text) + "." + WHAT_DOES
                    + " If it is a folder, write ./ before it.");
        }
        try {
            return of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new StoreRefused("'" + text + "' cannot name a folder: " + e.getReason() + "." + WHAT_DOES, e);
        }
    }

    public static StoreLocation of(Path folder) {
        return new StoreLocation(folder.toString(), Optional.empty());
    }

    private static StoreLocation ofUrl(String text) throws StoreRefused {
        if (JdbcUrl.of(text).base().contains("@")) {
            throw new StoreRefused("The URL " + RunStores.redacted(text)
                    + " names a user before the host; write it behind: jdbc:postgresql://HOST/DATABASE?user=NAME.");
        }
        return new StoreLocation(text, Optional.empty());
    }

    /** @param file its first line is the password */
    public StoreLocation withPasswordFile(Path file) throws StoreRefused {
        if (!isShared()) {
            throw new StoreRefused("The store " + text + " is a folder, which takes no password.");
        }
        if (url().value("password").isPresent()) {
            throw new StoreRefused("The password of " + this + " is in the URL and in the file " + file
                    + "; give it once, better by the file.");
        }
        return new StoreLocation(text, Optional.of(file));
    }

    /** Whether nodes on several machines may use it. */
    public boolean isShared() {
        return text.startsWith(POSTGRESQL);
    }

    /** The folder of a store that is not shared. */
    public Path folder() {
        if (isShared()) {
            throw new IllegalStateException(this + " is no folder");
        }
        return Path.of(text);
    }

    /** The URL of a shared store, with the password if it is there. */
    public JdbcUrl url() {
        if (!isShared()) {
            throw new IllegalStateException(this + " is no URL");
        }
        return JdbcUrl.of(text);
    }

    /**
     * The password that the user gave with the place, in the URL or in a file.
     *
     * @throws StoreRefused if the file has none
     */
    public Optional<String> password() throws StoreRefused {
        return passwordFile.isPresent() ? Optional.of(firstLine(passwordFile.get())) : url().value("password");
    }

    private static String firstLine(Path file) throws StoreRefused {
        Optional<String> line;
        try {
            line = Files.readString(file).lines().findFirst();
        } catch (IOException e) {
            throw new StoreRefused("Cannot read the password in " + file + ": " + OutputException.reason(e) + ".", e);
        }
        return line.filter(text -> !text.isEmpty())
                .orElseThrow(
                        () -> new StoreRefused("The first line of " + file + " is to be a password, and is empty."));
    }

    /**
     * The same place in words that other processes may be told and files may hold: a folder by its full path, a URL without
     * the passwords that are in it.
     */
    public String forOthers() {
        return isShared()
                ? url().withoutSecrets().text()
                : folder().toAbsolutePath().normalize().toString();
    }

    @Override
    public String toString() {
        return RunStores.redacted(text);
    }
}

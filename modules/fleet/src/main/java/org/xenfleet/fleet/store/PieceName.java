package org.xenfleet.fleet.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Names of pieces as names of files. A slash becomes a comma and a capital A becomes {@code =a}, so that no name leads out of
 * the folder and two names stay two where file systems ignore case. A name that gets too long for a file keeps its beginning
 * and ends in a hash.
 */
final class PieceName {
    static final String SUFFIX = ".piece";

    private static final int LONGEST = 200;
    private static final int KEPT = 120;
    private static final String SHORTENED = "==";

    private PieceName() {}

    static String fileOf(String piece) {
        StringBuilder file = new StringBuilder(piece.length() + SUFFIX.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c == '/') {
                file.append(',');
            } else if (Pieces.isUpperCase(c)) {
                file.append('=').append((char) (c - 'A' + 'a'));
            } else {
                file.append(c);
            }
        }
        if (file.length() > LONGEST) {
            file.setLength(KEPT);
            file.append(SHORTENED).append(hash(piece));
        }
        return file.append(SUFFIX).toString();
    }

    /** Whether the piece is named in the file only. */
    static boolean isShortened(String file) {
        return file.contains(SHORTENED);
    }

    /** The piece that a file holds whose name was not shortened; empty for a file that is no piece. */
    static Optional<String> pieceOf(String file) {
        if (!file.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        StringBuilder piece = new StringBuilder(file.length());
        int end = file.length() - SUFFIX.length();
        for (int i = 0; i < end; i++) {
            char c = file.charAt(i);
            if (c == '=' && i + 1 < end) {
                i++;
                piece.append((char) (file.charAt(i) - 'a' + 'A'));
            } else {
                piece.append(c == ',' ? '/' : c);
            }
        }
        String name = piece.toString();
        return fileOf(name).equals(file) ? Optional.of(name) : Optional.empty();
    }

    private static String hash(String piece) {
        return UUID.nameUUIDFromBytes(piece.getBytes(StandardCharsets.US_ASCII)).toString();
    }
}

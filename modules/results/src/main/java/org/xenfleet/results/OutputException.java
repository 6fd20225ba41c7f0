package org.xenfleet.results;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Output could not be written. The message is a sentence for people: where, and why. */
public final class OutputException extends Exception {

    private OutputException(String sentence, IOException cause) {
        super(sentence, cause);
    }

    /** @param where a file, a folder or a name such as "standard output" */
    public static OutputException of(Object where, IOException cause) {
        return new OutputException("Cannot write " + where + ": " + reason(cause) + ".", cause);
    }

    /** Why a file could not be had, in words that follow a colon. */
    public static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        if (cause instanceof NotDirectoryException) {
            return "a part of this path is a file, not a folder";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        Optional<String> plain = Optional.ofNullable(
                cause instanceof FileSystemException named ? named.getReason() : cause.getMessage());
        return plain.map(text -> text.endsWith(".") ? text.substring(0, text.length() - 1) : text)
                .orElse("the system gave no reason");
    }
}

package org.rigatino.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** Why a file could not be used, in words: what Java says of most of these is the file's name alone. */
public final class FileTrouble {
    private static final Map<Class<?>, String> WORDS = Map.of(
            AccessDeniedException.class,
            "this account (" + System.getProperty("user.name") + ") may not read or write it, or a folder above it",
            NoSuchFileException.class,
            "is not there",
            FileAlreadyExistsException.class,
            "is there already",
            NotDirectoryException.class,
            "is no folder");

    private FileTrouble() {}

    public static String tell(IOException cause) {
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            String why = WORDS.get(cause.getClass());
            return why == null ? cause.toString() : file.getFile() + ": " + why;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}

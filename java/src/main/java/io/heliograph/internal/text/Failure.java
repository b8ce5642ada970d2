package io.heliograph.internal.text;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** An action failed; the message says all in one line. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    public Failure(String message) {
        super(message);
    }

    /** The failure in one harmless line. */
    public static String line(Throwable failure) {
        return Printable.line(plain(failure));
    }

    private static String plain(Throwable failure) {
        if (failure instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is there already, and is not overwritten: put %t, the time, into the name";
        }
        if (failure instanceof FileSystemException refused) {
            return refused.getFile() + ": " + reason(refused);
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory";
        }
        String message = failure.getMessage();
        boolean saysAll = failure instanceof Failure || failure instanceof java.io.IOException;
        return saysAll && message != null ? message : failure.toString();
    }

    /** The operating system's error. For the commonest the JDK has a class and no text. */
    public static String reason(FileSystemException refused) {
        String reason = refused.getReason();
        if (reason != null) {
            return reason;
        }
        if (refused instanceof AccessDeniedException) {
            return "Permission denied";
        }
        return refused instanceof NoSuchFileException ? "No such file or directory" : refused.toString();
    }
}

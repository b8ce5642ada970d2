package io.heliograph.agent.option;

import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A file of options, one a line, in UTF-8. Blank lines and lines that begin with {@code #} mean nothing. */
final class ConfigFile {
    /** A larger file was named by mistake. */
    private static final int MOST_BYTES = 64 * 1024;

    private final String path;
    private final List<String> lines;

    private ConfigFile(String path, List<String> lines) {
        this.path = path;
        this.lines = lines;
    }

    /** An option in the file is wrong. */
    static final class WrongLine extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        WrongLine(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException that says what would be right, if it cannot be read
     */
    static ConfigFile of(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("config names no file: write config=PATH");
        }
        try {
            return new ConfigFile(path, text(Path.of(path)).lines().toList());
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException(path + " is no file name: " + noPath.getReason(), noPath);
        } catch (CharacterCodingException binary) {
            throw new IllegalArgumentException(path + " is no text in UTF-8", binary);
        } catch (FileSystemException refused) {
            throw new IllegalArgumentException(path + " can't be read: " + Failure.reason(refused), refused);
        } catch (IOException failure) {
            throw new IllegalArgumentException(path + " can't be read: " + failure.getMessage(), failure);
        }
    }

    /** A pipe, for example, could block the start of the JVM for ever. */
    private static String text(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    /**
     * Hands each line that is an option to the parser.
     *
     * @throws WrongLine with file and line before the parser's message
     */
    void forEachLine(Consumer<String> parser) {
        int number = 0;
        for (String line : lines) {
            number++;
            String option = line.strip();
            if (option.isEmpty() || option.startsWith("#")) {
                continue;
            }
            try {
                parser.accept(option);
            } catch (IllegalArgumentException wrong) {
                throw new WrongLine(Printable.quote(path) + ", line " + number + ": " + wrong.getMessage(), wrong);
            }
        }
    }
}

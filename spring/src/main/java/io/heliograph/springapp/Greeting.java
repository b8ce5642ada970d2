package io.heliograph.springapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A bean with a word from a file. */
@Component
public class Greeting {
    private final Path file;
    private volatile String word;

    /** Reads the file that the property {@code greeting} names. */
    public Greeting(@Value("${greeting}") Path file) throws IOException {
        this.file = file;
        word = read(file);
    }

    /** Reads the word anew. */
    public void reload() throws IOException {
        word = read(file);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        System.out.println("reloaded in " + context.getClass().getName());
    }

    String to(String name) {
        return word + ", " + name;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}

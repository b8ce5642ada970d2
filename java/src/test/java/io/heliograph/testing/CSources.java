package io.heliograph.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbers in the library's C sources: constants of enums, defines, and the layout of structs. By name, in whichever file. */
public final class CSources {
    private static final Pattern ENUM = Pattern.compile("\\benum\\s*\\w*\\s*\\{([^}]*)}");
    private static final Pattern DEFINE = Pattern.compile("(?m)^#define (\\w+) (?:INT64_C)?\\(?(-?\\w+)\\)?\\s*$");
    private static final Pattern FIELD = Pattern.compile("(struct )?(\\w+) (\\w+)(?:\\[([^]]+)])?;");
    private static final Map<String, Integer> SIZES =
            Map.of("int32_t", 4, "uint32_t", 4, "int64_t", 8, "uint64_t", 8, "char", 1);

    private final String text;

    /** Where a field lies in its struct, and how many bytes it has. */
    public record Field(int offset, int size) {}

    private CSources(String text) {
        this.text = text;
    }

    /** Of all that is in a folder, but for tests, benchmarks, and the compiler for all platforms. */
    public static CSources in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> texts = files.filter(file -> file.toString().matches(".*\\.[ch]"))
                    .filter(file -> !file.toString().matches(".*/(test|bench|zig)/.*"))
                    .map(CSources::read)
                    .toList();
            return new CSources(String.join("\n", texts).replaceAll("(?s)/\\*.*?\\*/", ""));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The constants of the enum that has this constant, in their order. */
    public Map<String, Integer> enumWith(String constant) {
        Pattern member = Pattern.compile("(?:^|,)\\s*" + constant + "\\b");
        return ENUM.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(body -> member.matcher(body).find())
                .findFirst()
                .map(this::constants)
                .orElseThrow(() -> new AssertionError("no enum in C has " + constant));
    }

    private Map<String, Integer> constants(String body) {
        Map<String, Integer> constants = new LinkedHashMap<>();
        int next = 0;
        for (String each : body.split(",")) {
            String[] sides = each.strip().split("\\s*=\\s*");
            if (!sides[0].isEmpty()) {
                int value = sides.length > 1 ? number(sides[1]) : next;
                constants.put(sides[0], value);
                next = value + 1;
            }
        }
        return constants;
    }

    /** A number, an enum's constant or a define. */
    public int number(String name) {
        if (name.matches("-?(0x)?[0-9a-f]+")) {
            return Integer.decode(name);
        }
        if (name.equals("INT32_MIN")) {
            return Integer.MIN_VALUE;
        }
        Matcher define = DEFINE.matcher(text);
        while (define.find()) {
            if (define.group(1).equals(name)) {
                String value = define.group(2);
                return value.startsWith("-E") ? -errno(value.substring(1)) : number(value);
            }
        }
        return enumWith(name).get(name);
    }

    private static int errno(String name) {
        Matcher define = Pattern.compile("(?m)^#define\\s+" + name + "\\s+(\\d+)")
                .matcher(read(Path.of("/usr/include/asm-generic/errno.h")));
        if (!define.find()) {
            throw new AssertionError("no " + name + " in errno.h");
        }
        return Integer.parseInt(define.group(1));
    }

    /** The fields of a struct of numbers, arrays and such structs, as every compiler for a 64-bit Linux lays them out. */
    public Map<String, Field> struct(String name) {
        Matcher struct = Pattern.compile("(?s)\\bstruct " + name + "\\s*\\{(.*?)\n\\s*};")
                .matcher(text);
        if (!struct.find()) {
            throw new AssertionError("no struct " + name + " in C");
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        int end = 0;
        int widest = 1;
        Matcher field = FIELD.matcher(struct.group(1));
        while (field.find()) {
            boolean isStruct = field.group(1) != null;
            int one = isStruct ? sizeOf(field.group(2)) : SIZES.get(field.group(2));
            int alignment = isStruct ? 8 : one;
            end = (end + alignment - 1) / alignment * alignment;
            int size = one * (field.group(4) == null ? 1 : sum(field.group(4)));
            fields.put(field.group(3), new Field(end, size));
            end += size;
            widest = Math.max(widest, alignment);
        }
        fields.put("sizeof", new Field(0, (end + widest - 1) / widest * widest));
        return fields;
    }

    /** The bytes of a struct. */
    public int sizeOf(String name) {
        return struct(name).get("sizeof").size();
    }

    private int sum(String terms) {
        return Stream.of(terms.split("\\+"))
                .mapToInt(term -> number(term.strip()))
                .sum();
    }
}

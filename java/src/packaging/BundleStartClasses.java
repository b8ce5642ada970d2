import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the classes that a list names into one file, each behind its name and the number of its bytes, for
 * {@code io.heliograph.internal.seam.StartClasses}: a program of one file, which the build runs (JEP 330).
 */
final class BundleStartClasses {
    private BundleStartClasses() {}

    public static void main(String[] arguments) throws IOException {
        Path list = Path.of(arguments[0]);
        Path classes = Path.of(arguments[1]);
        Path bundle = Path.of(arguments[2]);
        Files.createDirectories(bundle.getParent());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(bundle))) {
            for (String name : Files.readAllLines(list)) {
                Path file = classes.resolve(name.replace('.', '/') + ".class");
                if (!Files.exists(file)) {
                    throw new IOException(list + " names " + name + ", and there is no " + file);
                }
                byte[] bytes = Files.readAllBytes(file);
                out.writeUTF(name);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }
}

package org.rigatino.proof.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** David Clunie's validator, Debian package dicom3tools. */
public final class Dciodvfy {
    private Dciodvfy() {}

    /** The lines that report an error; warnings are left out. */
    public static List<String> errors(Path file) throws IOException, InterruptedException {
        Process validator = new ProcessBuilder("dciodvfy", "-new", file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(validator.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        validator.waitFor();
        return output.lines().filter(line -> line.startsWith("Error")).toList();
    }
}

package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.rigatino.Patience;

/**
 * Scripts of Python that read by pydicom, of Debian's package. One interpreter a JVM imports it and numpy, which takes more processor
 * time than most scripts, and forks for each script.
 */
public final class Pydicom {
    private static final String RUNNER = "src/test/resources/org/rigatino/dicom/run_scripts.py";

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private static Process interpreter;
    private static BufferedReader answers;
    private static boolean ready;

    private Pydicom() {}

    /** Skips the test, visibly, where pydicom or numpy are not installed. */
    public static synchronized void assumeInstalled() throws IOException {
        if (interpreter == null && Files.isExecutable(PYTHON)) {
            ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), RUNNER);
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            interpreter = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            answers = interpreter.inputReader(StandardCharsets.US_ASCII);
            ready = "ready".equals(line());
        }
        Assumptions.assumeTrue(ready, "absent: python3-pydicom, python3-numpy");
    }

    /** Null where the interpreter has ended. */
    private static String line() {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return answers.readLine();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orTimeout(Patience.SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** @param warnings what is done with them: ignore, error, default */
    public static synchronized Tool.Result run(String warnings, String script, List<Path> files) throws IOException {
        assumeInstalled();
        Path output = Files.createTempFile("pydicom", ".out");
        try {
            List<String> command = new ArrayList<>(List.of(warnings, output.toString(), script));
            files.forEach(file -> command.add(file.toString()));
            interpreter.outputWriter().write(new ObjectMapper().writeValueAsString(command) + "\n");
            interpreter.outputWriter().flush();
            return new Tool.Result(Integer.parseInt(line()), Files.readString(output, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(output);
        }
    }

    public static void runSuccessfully(String warnings, String script, Path... files) throws IOException {
        Tool.Result result = run(warnings, script, List.of(files));
        assertThat(result.exitCode())
                .as("%s of %s: %s", script, List.of(files), result.output())
                .isZero();
    }
}

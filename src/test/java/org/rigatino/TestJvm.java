package org.rigatino;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of the JVMs that tests start. They end before what the second compiler makes pays, and do not verify
 * anew what the compiler of the build has made: a fifth of the processor time of a start of {@code serve}.
 */
public final class TestJvm {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private TestJvm() {}

    /** A main class of the tests, on their own class path. */
    public static List<String> of(Class<?> main, String... options) {
        List<String> command = java(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /** The packaged program, up to and without its command. */
    public static List<String> ofJar(String... options) {
        assertThat(JAR).as("the packaged jar, made by mvn package").exists();
        List<String> command = java(options);
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                JAR.toAbsolutePath().toString()));
        return command;
    }

    private static List<String> java(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // As the launcher's.
                "-XX:MetaspaceSize=256m",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:SymbolTableSize=1048576",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Dai.djl.offline=true"));
        command.addAll(List.of(options));
        return command;
    }
}

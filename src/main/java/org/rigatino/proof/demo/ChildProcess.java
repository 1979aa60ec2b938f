package org.rigatino.proof.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of ours with its output in a file. It and what it started end with {@link #close()} or with this JVM. It has
 * a session of its own, so that Ctrl-C reaches it through this JVM alone.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 100;
    private static final int LAST_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread onExit = new Thread(this::end);
    private volatile boolean ending;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** @param log appended to */
    public static ChildProcess start(String name, Path folder, Path log, List<String> command) throws IOException {
        return start(name, folder, log, command, Map.of());
    }

    /** @param environment beside this process's own */
    static ChildProcess start(String name, Path folder, Path log, List<String> command, Map<String, String> environment)
            throws IOException {
        List<String> inOwnSession = new ArrayList<>(List.of("setsid"));
        inOwnSession.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(inOwnSession);
        builder.environment().putAll(environment);
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        ChildProcess child = new ChildProcess(name, log, process);
        Runtime.getRuntime().addShutdownHook(child.onExit);
        return child;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Completes with what to say of it; never where the process is ended from here. */
    CompletableFuture<String> endsByItself() {
        CompletableFuture<String> message = new CompletableFuture<>();
        process.onExit().thenRun(() -> {
            if (!ending) {
                message.complete(died());
            }
        });
        return message;
    }

    /**
     * Waits until the condition holds. A condition that throws {@link IOException} does not hold yet.
     *
     * @throws IOException where the process ends before that, or the limit passes; its last output is in the message
     */
    public void until(String what, Duration limit, Callable<Boolean> condition) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds(condition)) {
            if (!process.isAlive()) {
                throw new IOException(died());
            }
            if (System.nanoTime() > end) {
                throw new IOException(name + ": not " + what + " after " + limit.toSeconds() + " s. " + lastLines());
            }
            pause();
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws IOException {
        try {
            return condition.call();
        } catch (IOException notYet) {
            return false;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }

    private String died() {
        return ending
                ? name + " was stopped"
                : name + " ended by itself (exit " + process.exitValue() + "). " + lastLines();
    }

    private String lastLines() {
        try {
            List<String> lines =
                    Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return "The end of " + log + ":\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "Its output " + log + " cannot be read: " + e.getMessage();
        }
    }

    /** SIGKILL, which it cannot answer; what it had started lives on. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** By SIGKILL, for one that loses nothing by it. */
    void closeAtOnce() {
        ending = true;
        kill();
        Runtime.getRuntime().removeShutdownHook(onExit);
    }

    @Override
    public void close() {
        if (!ending) {
            end();
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
    }

    private void end() {
        ending = true;
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        }
        descendants.forEach(ProcessHandle::destroy);
    }
}

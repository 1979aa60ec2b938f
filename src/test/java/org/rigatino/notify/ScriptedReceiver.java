package org.rigatino.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rigatino.audit.EventKind;

/** Answers as its script says, one answer an attempt, and takes everything once the script is at its end. */
final class ScriptedReceiver implements Receiver {
    /** What it does with one attempt. */
    interface Answer {
        void give() throws IOException, InterruptedException;
    }

    /** One attempt. @param nanos when, by {@link System#nanoTime()} */
    record Attempt(String id, String event, long nanos) {}

    record Times(Duration retryFirst, Duration retryLongest, Duration giveUpAfter) implements Patience {}

    static final Times QUICK = new Times(Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofDays(3));

    private final String name;
    private final Times times;
    private final int rejections;
    private final Queue<Answer> script;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

    ScriptedReceiver(String name, Times times, int rejections, Answer... script) {
        this.name = name;
        this.times = times;
        this.rejections = rejections;
        this.script = new ConcurrentLinkedQueue<>(List.of(script));
    }

    static Answer failing(Throwable problem) {
        return () -> {
            if (problem instanceof IOException e) {
                throw e;
            }
            if (problem instanceof RuntimeException e) {
                throw e;
            }
            throw (Error) problem;
        };
    }

    List<Attempt> attempts() {
        return attempts;
    }

    List<String> events() {
        return attempts.stream().map(Attempt::event).toList();
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Patience patience() {
        return times;
    }

    @Override
    public EventKind givenUp() {
        return EventKind.WEBHOOK_GIVEN_UP;
    }

    @Override
    public int rejections() {
        return rejections;
    }

    @Override
    public void take(String id, byte[] event) throws IOException, InterruptedException {
        attempts.add(new Attempt(id, new String(event, StandardCharsets.UTF_8), System.nanoTime()));
        Answer answer = script.poll();
        if (answer != null) {
            answer.give();
        }
    }
}

package org.rigatino.page;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/**
 * Memory for pictures, counted by pixels: whoever opens images chooses how many are drawn at once, and who sent them how large
 * they are. Who finds no room waits for it, and nobody for long. Safe for use by several threads.
 */
@Singleton
class PictureRoom {
    /** Samples, values, gray, colours and the encoded picture. */
    private static final int BYTES_OF_PIXEL = 24;

    /** The rest is for what arrives and what is restored in the same process. */
    private static final int PART_OF_HEAP = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Each holds a thread of those that answer requests. */
    private static final int MOST_WAITING = 60;

    private static final String RETRY_SECONDS = "5";

    private final int limit;
    private final Duration patience;
    private final Semaphore room;

    PictureRoom() {
        this(
                (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_OF_PIXEL),
                PATIENCE);
    }

    /** @param limit pixels of pictures that are drawn at once; one of more is drawn alone */
    PictureRoom(int limit, Duration patience) {
        this.limit = limit;
        this.patience = patience;
        this.room = new Semaphore(limit, true);
    }

    /** What makes something of pixels. */
    @FunctionalInterface
    interface Drawing<T> {
        T draw() throws IOException;
    }

    /** @param rows at most 65535 as all of them (PS3.3 C.7.6.3) */
    record Size(int rows, int columns) {
        /** Without its pixels. */
        static Size of(Path file) throws IOException {
            Dataset header = Dataset.readOnly(file, Set.of(Tag.Rows, Tag.Columns));
            return new Size(header.integer(Tag.Rows, 0), header.integer(Tag.Columns, 0));
        }

        long pixels() {
            return (long) rows * columns;
        }
    }

    /** @throws HttpProblem of status 503 where there is no room in time */
    <T> T draw(long pixels, Drawing<T> drawing) throws IOException {
        int taken = (int) Math.max(1, Math.min(pixels, limit));
        if (!take(taken)) {
            throw HttpProblem.builder()
                    .withStatus(Response.Status.SERVICE_UNAVAILABLE)
                    .withTitle(Response.Status.SERVICE_UNAVAILABLE.getReasonPhrase())
                    .withDetail("too many pictures are being drawn: try again in " + RETRY_SECONDS + " seconds")
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .build();
        }
        try {
            return drawing.draw();
        } finally {
            room.release(taken);
        }
    }

    private boolean take(int pixels) {
        try {
            return room.getQueueLength() < MOST_WAITING
                    && room.tryAcquire(pixels, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

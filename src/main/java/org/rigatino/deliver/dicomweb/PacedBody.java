package org.rigatino.deliver.dicomweb;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;

/** A request's body that knows when something of it was last taken, or when the request began. */
final class PacedBody implements BodyPublisher {
    private final BodyPublisher body;
    private volatile long moved = System.nanoTime();
    private volatile boolean begun;

    PacedBody(BodyPublisher body) {
        this.body = body;
    }

    /** Whether there is a connection on which something was sent. */
    boolean isBegun() {
        return begun;
    }

    /** Since something was last taken. */
    Duration stillness() {
        return Duration.ofNanos(System.nanoTime() - moved);
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                begun = true;
                moved = System.nanoTime();
                subscriber.onNext(buffer);
            }

            @Override
            public void onError(Throwable problem) {
                subscriber.onError(problem);
            }

            @Override
            public void onComplete() {
                moved = System.nanoTime();
                subscriber.onComplete();
            }
        });
    }
}

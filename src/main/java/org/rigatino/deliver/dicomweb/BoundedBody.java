package org.rigatino.deliver.dicomweb;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Keeps the beginning of a body and ends the connection where there is more, whatever Content-Length says. */
final class BoundedBody implements HttpResponse.BodySubscriber<BoundedBody.Read> {
    static final int MOST_BYTES = 1 << 20;

    /** @param isWhole whether nothing was left out */
    record Read(byte[] bytes, boolean isWhole) {}

    private final CompletableFuture<Read> read = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Flow.Subscription subscription;

    @Override
    public CompletionStage<Read> getBody() {
        return read;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        to.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), MOST_BYTES - kept.size())];
            buffer.get(bytes);
            kept.writeBytes(bytes);
            if (buffer.hasRemaining()) {
                subscription.cancel();
                read.complete(new Read(new byte[0], false));
                return;
            }
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable problem) {
        read.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        read.complete(new Read(kept.toByteArray(), true));
    }
}

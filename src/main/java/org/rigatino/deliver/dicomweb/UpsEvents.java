package org.rigatino.deliver.dicomweb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.rigatino.dicom.Uids;

/**
 * The channel on which a service tells of workitems that are subscribed to (PS3.18 11.12 and 11.13): a WebSocket under the root that is
 * configured, whatever address the service names. Only requests to cancel are listened for; what is too long or no event is
 * passed over. Safe for use by several threads.
 */
public final class UpsEvents implements AutoCloseable {
    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final String AFFECTED_SOP_INSTANCE_UID = "00001000";
    private static final String EVENT_TYPE_ID = "00001002";
    private static final int CANCEL_REQUESTED = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebSocket channel;
    private final Listener listener;

    private UpsEvents(WebSocket channel, Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /**
     * @param subscriber AE title that subscriptions are made under
     * @param cancelRequested is told the SOP Instance UIDs of workitems that another asks to cancel, on a thread of the client's
     * @throws DicomwebException where there is no such channel, or the service is out of reach
     */
    public static UpsEvents open(DicomwebArchive service, String subscriber, Consumer<String> cancelRequested)
            throws DicomwebException {
        URI uri = URI.create(
                service.root().toString().replaceFirst("^http", "ws") + "/subscribers/" + UpsRs.segment(subscriber));
        Listener listener = new Listener(cancelRequested);
        return new UpsEvents(new Exchanges(service).open(uri, listener), listener);
    }

    public boolean isOpen() {
        return !channel.isInputClosed() && !channel.isOutputClosed();
    }

    /** Whether the other end answers a ping within so long (RFC 6455 5.5.2): a connection that is lost in between says nothing. */
    public boolean answers(Duration patience) {
        CompletableFuture<Void> pong = listener.awaitPong();
        try {
            channel.sendPing(ByteBuffer.allocate(0))
                    .thenCompose(sent -> pong)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        channel.abort();
    }

    /** Called by one thread at a time. */
    private static final class Listener implements WebSocket.Listener {
        private final Consumer<String> cancelRequested;
        private final StringBuilder text = new StringBuilder();
        private volatile CompletableFuture<Void> pong = new CompletableFuture<>();

        Listener(Consumer<String> cancelRequested) {
            this.cancelRequested = cancelRequested;
        }

        CompletableFuture<Void> awaitPong() {
            pong = new CompletableFuture<>();
            return pong;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket channel, ByteBuffer message) {
            pong.complete(null);
            channel.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onText(WebSocket channel, CharSequence part, boolean last) {
            if (text.length() + part.length() <= MOST_CHARACTERS) {
                text.append(part);
            } else {
                // No longer JSON.
                text.setLength(0);
                text.append('?');
            }
            if (last) {
                String event = text.toString();
                text.setLength(0);
                take(event);
            }
            channel.request(1);
            return null;
        }

        private void take(String text) {
            try {
                JsonNode event = JSON.readTree(text);
                String workitem =
                        event.at("/" + AFFECTED_SOP_INSTANCE_UID + "/Value/0").asText();
                if (event.at("/" + EVENT_TYPE_ID + "/Value/0").asInt() == CANCEL_REQUESTED && Uids.isValid(workitem)) {
                    cancelRequested.accept(workitem);
                }
            } catch (JsonProcessingException e) {
                // No event.
            }
        }
    }
}

package org.rigatino.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Attempts that failed at the event that a receiver's place is at. The broker keeps them as the place's metadata, so that who
 * takes the event up behind a restart, or in place of another process, goes on counting.
 *
 * @param began when the first failed
 * @param rejections how many were answered with a {@link RejectedException}
 */
record Attempts(Instant began, int rejections) {
    /** As far as the broker knows; none before now where it knows of none at this event. */
    static Attempts at(KafkaConsumer<?, ?> consumer, TopicPartition partition, long offset) {
        OffsetAndMetadata place = consumer.committed(Set.of(partition)).get(partition);
        return place == null || place.offset() != offset ? new Attempts(Instant.now(), 0) : of(place.metadata());
    }

    private static Attempts of(String metadata) {
        try {
            String[] words = metadata.split(" ", 2);
            return new Attempts(Instant.parse(words[0]), Integer.parseInt(words[1]));
        } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new Attempts(Instant.now(), 0);
        }
    }

    Attempts rejected() {
        return new Attempts(began, rejections + 1);
    }

    boolean lastFor(Duration limit) {
        return !Instant.now().isBefore(began.plus(limit));
    }

    void keep(KafkaConsumer<?, ?> consumer, TopicPartition partition, long offset) {
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset, began + " " + rejections)));
    }
}

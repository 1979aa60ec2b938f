package org.rigatino.notify;

import java.time.Duration;
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
 * @param tried how long, without the time in which no process did
 * @param rejections how many were answered with a {@link RejectedException}
 */
record Attempts(Duration tried, int rejections) {
    private static final Attempts NONE = new Attempts(Duration.ZERO, 0);

    /** As far as the broker knows; none where it knows of none at this event. */
    static Attempts at(KafkaConsumer<?, ?> consumer, TopicPartition partition, long offset) {
        OffsetAndMetadata place = consumer.committed(Set.of(partition)).get(partition);
        return place == null || place.offset() != offset ? NONE : of(place.metadata());
    }

    private static Attempts of(String metadata) {
        try {
            String[] words = metadata.split(" ", 2);
            return new Attempts(Duration.parse(words[0]), Integer.parseInt(words[1]));
        } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return NONE;
        }
    }

    Attempts and(Duration longer, boolean rejected) {
        return new Attempts(tried.plus(longer), rejections + (rejected ? 1 : 0));
    }

    void keep(KafkaConsumer<?, ?> consumer, TopicPartition partition, long offset) {
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset, tried + " " + rejections)));
    }
}

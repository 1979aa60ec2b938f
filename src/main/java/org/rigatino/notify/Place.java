package org.rigatino.notify;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a receiver is in the topic. It begins with what was published since its first start, whatever the broker knows of
 * it, and from then on no event is passed over without a word.
 */
final class Place implements ConsumerRebalanceListener {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Receiver receiver;
    private final Instant since;
    private final Feed.GivenUp givenUp;

    Place(KafkaConsumer<String, byte[]> consumer, Receiver receiver, Instant since, Feed.GivenUp givenUp) {
        this.consumer = consumer;
        this.receiver = receiver;
        this.since = since;
        this.givenUp = givenUp;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        Set<TopicPartition> unknown = partitions.stream()
                .filter(partition -> committed.get(partition) == null)
                .collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> first = first(unknown);
        consumer.commitSync(first);
        first.forEach(consumer::seek);
    }

    private Map<TopicPartition, OffsetAndMetadata> first(Set<TopicPartition> partitions) {
        // Before times are looked up: what is published between the two is behind this end.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> published = consumer.offsetsForTimes(partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> since.toEpochMilli())));
        return partitions.stream()
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> new OffsetAndMetadata(
                                published.get(partition) == null
                                        ? ends.get(partition)
                                        : published.get(partition).offset())));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // What was under way is not committed, and comes to the next owner.
    }

    /**
     * Goes on with the earliest event that is there, and says that others were not taken.
     *
     * @param places where nothing is, by partition
     */
    void passOver(Map<TopicPartition, Long> places) {
        Map<TopicPartition, Long> earliest = consumer.beginningOffsets(places.keySet());
        places.forEach((partition, place) -> tell(partition, place, earliest.get(partition)));
        consumer.commitSync(earliest.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new OffsetAndMetadata(entry.getValue()))));
    }

    private void tell(TopicPartition partition, long place, long earliest) {
        boolean deleted = place < earliest;
        String what = deleted
                ? "the broker has deleted events " + place + " to " + (earliest - 1) + " of " + partition
                        + " before they were taken"
                : "the broker has events of " + partition + " only before " + place + ", where the receiver was: they"
                        + " were lost, or the topic was made anew";
        givenUp.events(receiver, deleted ? earliest - place : 1, what + "; the next is event " + earliest);
    }
}

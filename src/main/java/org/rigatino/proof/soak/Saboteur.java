package org.rigatino.proof.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Inflicts faults one after the other: each kind once before any comes again, in an order that the seed decides. */
final class Saboteur {
    private static final String TOPIC = "rigatino.studies";
    private static final long FULL_MILLIS = 4000;

    private final Deployment deployment;
    private final Random random;
    private final List<Fault> kinds;
    private final List<Fault> deck = new ArrayList<>();

    Saboteur(Deployment deployment, Set<Fault> faults, long seed) {
        this.deployment = deployment;
        this.random = new Random(~seed);
        this.kinds = faults.stream()
                .filter(fault -> !Fault.OF_SENDERS.contains(fault))
                .filter(fault -> fault != Fault.LOSE_COMMITMENT || deployment.storing() == Storing.C_STORE)
                .filter(fault -> fault != Fault.FILL_DISK || deployment.disk().canBeFilled())
                .toList();
    }

    int kinds() {
        return kinds.size();
    }

    /** The next fault, with all of its consequences that we bring about ourselves, up to the restart. */
    Fault inflict() throws IOException {
        if (deck.isEmpty()) {
            deck.addAll(kinds);
            Collections.shuffle(deck, random);
        }
        Fault fault = deck.remove(0);
        inflict(fault);
        return fault;
    }

    private void inflict(Fault fault) throws IOException {
        switch (fault) {
            case KILL_LISTENER -> {
                deployment.killListener();
                deployment.startListener();
            }
            case KILL_WORKER -> {
                int number = random.nextInt(deployment.workers());
                deployment.killWorker(number);
                deployment.startWorker(number);
            }
            case ROLL_WORKERS -> {
                for (int number = 0; number < deployment.workers(); number++) {
                    deployment.stopWorker(number);
                    deployment.startWorker(number);
                }
            }
            case STOP_BROKER -> {
                deployment.stopBroker();
                deployment.startBroker();
            }
            case KILL_BROKER -> {
                deployment.killBroker();
                deployment.startBroker();
            }
            case STOP_DATABASE -> {
                deployment.stopDatabase();
                deployment.startDatabase();
            }
            case KILL_DATABASE -> {
                deployment.killDatabase();
                deployment.startDatabase();
            }
            case KILL_PACS -> {
                deployment.killPacs();
                deployment.startPacs();
            }
            case FILL_DISK -> {
                deployment.disk().fill();
                pause(FULL_MILLIS);
                deployment.disk().empty();
            }
            case LOSE_EVENTS -> loseEvents();
            default -> onLinks(fault);
        }
    }

    private void onLinks(Fault fault) {
        int times = 2 + random.nextInt(4);
        int bytes = 5_000 + random.nextInt(300_000);
        switch (fault) {
            case CUT_SENDER -> deployment.toListener().cut(times, bytes);
            case CUT_PACS -> deployment.toPacs().cut(times, bytes);
            case ANSWER_A700 -> answer(times, 0xA700, 503);
            case ANSWER_A900 -> answer(times, 0xA900, 409);
            case LOSE_COMMITMENT -> deployment.reports().lose(times);
            default -> throw new IllegalArgumentException(fault + " is a way of sending");
        }
    }

    private void answer(int times, int status, int httpStatus) {
        if (deployment.storing() == Storing.STOW_RS) {
            deployment.toPacs().refuse(times, httpStatus);
        } else {
            deployment.toPacs().answer(times, status);
        }
    }

    private void loseEvents() throws IOException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", deployment.brokerAddress()))) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(List.of(TOPIC))
                    .allTopicNames()
                    .get()
                    .get(TOPIC)
                    .partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(TOPIC, partition.partition()), OffsetSpec.latest()));
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(latest).all().get().entrySet()) {
                all.put(
                        end.getKey(),
                        RecordsToDelete.beforeOffset(end.getValue().offset()));
            }
            admin.deleteRecords(all).all().get();
        } catch (ExecutionException e) {
            throw new IOException("events cannot be deleted: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A moment in which the deployment works on. */
    void rest() {
        pause(500 + random.nextInt(4000));
    }

    void heal() {
        deployment.toListener().heal();
        deployment.toPacs().heal();
        deployment.reports().heal();
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

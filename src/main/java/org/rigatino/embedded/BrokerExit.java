package org.rigatino.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Kafka ends its process where its disk is full, or anything else that it cannot do without has failed. It is no process
 * here: the broker ends, and the thread that said so.
 */
final class BrokerExit {
    private static final Set<Consumer<String>> BROKERS = ConcurrentHashMap.newKeySet();

    private BrokerExit() {}

    /** @param broker told by whom and why; of several brokers in a process all are told, since nothing says which it is */
    static void tell(Consumer<String> broker) {
        BROKERS.add(broker);
        Exit.setHaltProcedure(BrokerExit::end);
        Exit.setExitProcedure(BrokerExit::end);
    }

    static void forget(Consumer<String> broker) {
        BROKERS.remove(broker);
    }

    private static void end(int status, String message) {
        String cause =
                Thread.currentThread().getName() + " asked for its end" + (message == null ? "" : ": " + message);
        BROKERS.forEach(broker -> broker.accept(cause));
        throw new IllegalStateException("the embedded broker ends: " + cause);
    }
}

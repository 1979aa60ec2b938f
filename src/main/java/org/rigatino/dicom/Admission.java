package org.rigatino.dicom;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for connections and associations, in total and for each peer's address: one that opens them by the thousand
 * leaves room for the others. Safe for use by several threads.
 */
final class Admission {
    /** Connections above the bound on associations that are still heard, so that they can be rejected with a reason. */
    static final int IN_NEGOTIATION = 16;

    /** Of one peer, so that it cannot hold all of those by saying nothing. */
    private static final int IN_NEGOTIATION_PER_PEER = 4;

    private final ListenerRules rules;
    private final Map<InetAddress, Integer> connections = new HashMap<>();
    private final Map<InetAddress, Integer> associations = new HashMap<>();
    private int total;

    Admission(ListenerRules rules) {
        this.rules = rules;
    }

    synchronized boolean connect(InetAddress peer) {
        return take(connections, peer, rules.maxAssociationsPerPeer() + IN_NEGOTIATION_PER_PEER);
    }

    synchronized void disconnect(InetAddress peer) {
        giveBack(connections, peer);
    }

    /** Not taken yet. */
    Place place(InetAddress peer) {
        return new Place(peer);
    }

    private synchronized boolean associate(InetAddress peer) {
        if (total >= rules.maxAssociations() || !take(associations, peer, rules.maxAssociationsPerPeer())) {
            return false;
        }
        total++;
        return true;
    }

    private synchronized void release(InetAddress peer) {
        giveBack(associations, peer);
        total--;
    }

    synchronized int associations() {
        return total;
    }

    private static boolean take(Map<InetAddress, Integer> places, InetAddress peer, int most) {
        int taken = places.getOrDefault(peer, 0);
        if (taken < most) {
            places.put(peer, taken + 1);
        }
        return taken < most;
    }

    private static void giveBack(Map<InetAddress, Integer> places, InetAddress peer) {
        places.computeIfPresent(peer, (address, taken) -> taken == 1 ? null : taken - 1);
    }

    /** A peer's place among the associations. For one thread. */
    final class Place implements AutoCloseable {
        private final InetAddress peer;
        private boolean taken;

        private Place(InetAddress peer) {
            this.peer = peer;
        }

        /** @return whether one was free */
        boolean take() {
            taken = associate(peer);
            return taken;
        }

        /** Gives it back, where it is taken. */
        @Override
        public void close() {
            if (taken) {
                taken = false;
                release(peer);
            }
        }
    }
}

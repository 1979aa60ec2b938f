package org.rigatino.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** Requests with instances that are under way, in total and for each address. Safe for use by several threads. */
@ApplicationScoped
class Requests {
    @Inject
    DicomwebConfiguration configuration;

    private final Map<String, Integer> byAddress = new HashMap<>();
    private int total;

    /** Whether there was room; where there was, {@link #end} follows. */
    synchronized boolean begin(String address) {
        int ofAddress = byAddress.getOrDefault(address, 0);
        if (total >= configuration.maxRequests() || ofAddress >= configuration.maxRequestsPerPeer()) {
            return false;
        }
        byAddress.put(address, ofAddress + 1);
        total++;
        return true;
    }

    synchronized void end(String address) {
        byAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
        total--;
    }
}

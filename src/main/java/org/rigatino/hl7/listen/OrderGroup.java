package org.rigatino.hl7.listen;

import java.util.ArrayList;
import java.util.List;

/**
 * ORDER_OBSERVATION of ORU^R01 (HL7 2.5.1 7.3.1), with the PID that it stands under.
 *
 * @param orc null where there is none
 * @param observations of others than Rigatino
 * @param own observations of Rigatino, come back by an engine under another name, or quoted in a report
 * @param notes NTE of the order and its observations
 */
record OrderGroup(
        Segment pid, Segment orc, Segment obr, List<Segment> observations, List<Segment> own, List<Segment> notes) {
    private static final String OWN_SCHEME = "99RIGATINO";

    OrderGroup(Segment pid, Segment orc, Segment obr) {
        this(pid, orc, obr, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(Segment observation) throws MessageFault {
        (observation.value(3, 3).equals(OWN_SCHEME) ? own : observations).add(observation);
    }

    /** Whether Rigatino itself answered the order, or nobody else did. */
    boolean isOwn() throws MessageFault {
        return obr.value(4, 3).equals(OWN_SCHEME) || observations.isEmpty() && !own.isEmpty();
    }
}

package org.rigatino.hl7.listen;

import java.util.ArrayList;
import java.util.List;

/**
 * ORDER_OBSERVATION of ORU^R01 (HL7 2.5.1 7.3.1), with the PID that it stands under.
 *
 * @param orc null where there is none
 */
record OrderGroup(Segment pid, Segment orc, Segment obr, List<Segment> observations) {
    OrderGroup(Segment pid, Segment orc, Segment obr) {
        this(pid, orc, obr, new ArrayList<>());
    }
}

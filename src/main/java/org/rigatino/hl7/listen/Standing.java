package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.report.ReportStatus;

/** Whether a report stands, by OBR-25 (HL7 table 0123) and OBX-11 of its texts (table 0085). */
final class Standing {
    static final Set<String> FINAL = Set.of("F", "C");

    /** Deleted; was another patient's, or wrong otherwise. */
    private static final Set<String> TAKEN_BACK = Set.of("D", "W");

    /** Of what was not reported: description of the order, not asked. */
    static final Set<String> NOTHING = Set.of("O", "N");

    /** Taken back, or never came to be. */
    static final Set<String> GONE = Set.of("D", "W", "X");

    private static final Set<String> DOCUMENTS = Set.of("", "ED", "RP");

    private Standing() {}

    /** Empty where it does not stand yet: preliminary, in progress, cancelled. */
    static Optional<ReportStatus> of(OrderGroup group) throws MessageFault {
        String ofOrder = group.obr().value(25, 1);
        Set<String> texts = statuses(decisive(group), ofOrder);
        Segment last = group.observations().isEmpty()
                ? group.obr()
                : group.observations().get(group.observations().size() - 1);
        if (TAKEN_BACK.stream().anyMatch(texts::contains)) {
            if (!TAKEN_BACK.containsAll(texts)) {
                throw mixed(last);
            }
            return Optional.of(ReportStatus.WITHDRAWN);
        }
        boolean unsaid = ofOrder.isEmpty() && (texts.isEmpty() || !FINAL.containsAll(texts));
        if (unsaid || !ofOrder.isEmpty() && !FINAL.contains(ofOrder)) {
            return Optional.empty();
        }
        if (texts.isEmpty()) {
            throw MessageFault.wrong(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    group.obr().place(0),
                    "has no OBX with text: OBX-2 must be TX or FT, ST, CE or CWE, or ED with a text in it");
        }
        if (!FINAL.containsAll(texts)) {
            throw mixed(last);
        }
        return Optional.of(ofOrder.equals("C") || texts.contains("C") ? ReportStatus.CORRECTED : ReportStatus.FINAL);
    }

    private static MessageFault mixed(Segment last) {
        return MessageFault.wrong(
                ErrorCode.TABLE_VALUE_NOT_FOUND,
                last.place(11),
                "does not go with the others of its OBR, so that it cannot be told what stands");
    }

    private static Set<String> statuses(List<Segment> observations, String ofOrder) throws MessageFault {
        Set<String> statuses = new HashSet<>();
        for (Segment observation : observations) {
            String status = observation.value(11, 1);
            statuses.add(status.isEmpty() ? ofOrder : status);
        }
        return statuses;
    }

    /**
     * The texts; where there is none, values; where there is none, and all documents or what says not what it is are taken back,
     * those: a measurement that is deleted takes back no report.
     */
    private static List<Segment> decisive(OrderGroup group) throws MessageFault {
        List<Segment> texts = new ArrayList<>();
        List<Segment> values = new ArrayList<>();
        List<Segment> documents = new ArrayList<>();
        boolean goes = true;
        for (Segment observation : group.observations()) {
            if (NOTHING.contains(observation.value(11, 1))) {
                continue;
            }
            if (ReportText.isText(observation)) {
                texts.add(observation);
            } else if (ReportText.isValue(observation)) {
                values.add(observation);
            } else if (DOCUMENTS.contains(observation.value(2, 1))) {
                documents.add(observation);
                goes &= TAKEN_BACK.contains(observation.value(11, 1));
            }
        }
        return !texts.isEmpty() ? texts : !values.isEmpty() ? values : goes ? documents : List.of();
    }
}

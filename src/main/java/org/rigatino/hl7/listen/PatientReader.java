package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rigatino.identity.PatientMessage;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;

/** What ADT^A08 and A31 say of a patient, and which IDs A40 merges (HL7 2.5.1 3.3.8, 3.3.31, 3.3.40). */
final class PatientReader {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final int MOST_IDS = 20;
    private static final int MOST_MERGES = 200;

    private final Optional<String> authority;
    private final ZoneId zone;
    private final Instant now;

    /**
     * @param authority who issued IDs that do not say so
     * @param zone of times that do not say so
     */
    PatientReader(Optional<String> authority, ZoneId zone, Instant now) {
        this.authority = authority;
        this.zone = zone;
        this.now = now;
    }

    /** One for each ID; of a merge one for each that goes. */
    List<PatientMessage> read(InboundMessage message) throws MessageFault {
        Times.Span at = eventAt(message);
        boolean merge = message.header().value(9, 2).equals("A40");
        List<PatientMessage> read = new ArrayList<>();
        Segment pid = null;
        for (Segment segment : message.segments()) {
            if (segment.name().equals("PID")) {
                if (pid != null) {
                    throw sequence(
                            segment,
                            merge ? "follows another without MRG" : "is the second, and A08 is of one patient");
                }
                pid = segment;
            } else if (merge && segment.name().equals("MRG")) {
                if (pid == null) {
                    throw sequence(segment, "stands under no PID");
                }
                read.addAll(merges(pid, segment, at));
                pid = null;
                if (read.size() > MOST_MERGES) {
                    throw sequence(
                            segment,
                            "takes the IDs that the message merges to more than " + MOST_MERGES
                                    + ": send it in several");
                }
            }
        }
        if (merge && (pid != null || read.isEmpty()) || !merge && pid == null) {
            throw sequence(message.header(), merge ? "is followed by no PID with MRG" : "is followed by no PID");
        }
        return merge ? read : updates(pid, at);
    }

    private static MessageFault sequence(Segment segment, String what) {
        return MessageFault.wrong(ErrorCode.SEGMENT_SEQUENCE_ERROR, segment.place(0), what);
    }

    /** EVN-2, else MSH-7. */
    private Times.Span eventAt(InboundMessage message) throws MessageFault {
        Segment header = message.header();
        Segment event = message.segments().stream()
                .filter(segment -> segment.name().equals("EVN"))
                .findFirst()
                .orElse(header);
        boolean said = event != header && !event.value(2, 1).isEmpty();
        Segment segment = said ? event : header;
        int field = said ? 2 : 7;
        Times.Span time = Times.parse(segment.value(field, 1), zone)
                .orElseThrow(() -> MessageFault.wrong(
                        ErrorCode.DATA_TYPE_ERROR, segment.place(field), "is no time as YYYYMMDDHHMMSS[+/-ZZZZ]"));
        if (time.from().isAfter(now.plus(AHEAD))) {
            throw MessageFault.wrong(ErrorCode.DATA_TYPE_ERROR, segment.place(field), "is to come: look at the clocks");
        }
        return time;
    }

    private List<PatientMessage> updates(Segment pid, Times.Span at) throws MessageFault {
        Map<IdentityAttribute, String> values = values(pid);
        return ids(pid, 3).stream()
                .map(id -> new PatientMessage(Kind.UPDATE, at.from(), at.until(), id, null, values))
                .toList();
    }

    private List<PatientMessage> merges(Segment pid, Segment mrg, Times.Span at) throws MessageFault {
        Map<IdentityAttribute, String> values = values(pid);
        Set<Id> patients = ids(pid, 3);
        List<PatientMessage> merges = new ArrayList<>();
        for (Id prior : ids(mrg, 1)) {
            List<Id> left = patients.stream()
                    .filter(id -> id.issuer().equals(prior.issuer()))
                    .toList();
            if (left.size() > 1) {
                throw MessageFault.wrong(
                        ErrorCode.DATA_TYPE_ERROR,
                        pid.place(3),
                        "has several IDs of one issuer, so that it cannot be told into which one is merged");
            }
            if (left.size() == 1 && !left.get(0).equals(prior)) {
                merges.add(new PatientMessage(Kind.MERGE, at.from(), at.until(), left.get(0), prior, values));
            }
        }
        if (merges.isEmpty()) {
            throw MessageFault.wrong(
                    ErrorCode.UNKNOWN_KEY_IDENTIFIER,
                    mrg.place(1),
                    "has no ID that another of its issuer in PID-3 takes over");
        }
        return merges;
    }

    private Set<Id> ids(Segment segment, int field) throws MessageFault {
        Set<Id> ids = new LinkedHashSet<>();
        for (String repetition : segment.repetitions(field)) {
            String id = segment.identifier(segment.part(repetition, 1, 1), field);
            String issuer = Identifiers.issuer(segment, repetition, field);
            if (issuer.isEmpty() && Identifiers.isOfPatient(segment, repetition, field)) {
                issuer = authority.orElse("");
            }
            if (!id.isEmpty() && !issuer.isEmpty() && !Identifiers.isOfVisit(segment, repetition, field)) {
                ids.add(new Id(id, issuer));
            }
        }
        if (ids.isEmpty() || ids.size() > MOST_IDS) {
            throw MessageFault.wrong(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    segment.place(field),
                    "has no Patient ID that says who issued it (rigatino.hl7.listen.assigning-authority), or more than "
                            + MOST_IDS);
        }
        return ids;
    }

    private static Map<IdentityAttribute, String> values(Segment pid) throws MessageFault {
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        values.put(IdentityAttribute.PATIENT_NAME, PersonName.of(pid, 5));
        String born = Identifiers.date(pid, 7);
        values.put(IdentityAttribute.PATIENT_BIRTH_DATE, born.length() == 8 ? born : "");
        values.put(IdentityAttribute.PATIENT_SEX, Identifiers.sex(pid, 8));
        return values;
    }
}

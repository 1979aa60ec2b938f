package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rigatino.hl7.Hl7ListenConfiguration;
import org.rigatino.report.ReceivedReport;
import org.rigatino.report.ReceivedReport.PatientId;
import org.rigatino.report.ReportStatus;

/**
 * What ORU^R01 reports that stands: final, corrected or withdrawn. What is preliminary is passed over. A withdrawal needs no more of a
 * patient than the IDs, and is refused for nothing else.
 */
final class ReportReader {
    /** By which a sender's clock may be before ours. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int MOST_IDS = 50;

    private interface Value {
        String read() throws MessageFault;
    }

    private final Hl7ListenConfiguration settings;
    private final Instant now;
    private final ZoneId zone;

    ReportReader(Hl7ListenConfiguration settings, Instant now) {
        this.settings = settings;
        this.now = now;
        this.zone = Times.zone(settings);
    }

    /** @throws MessageFault where anything of it is wrong: then nothing of it is kept */
    List<ReceivedReport> read(InboundMessage message) throws MessageFault {
        List<ReceivedReport> reports = new ArrayList<>();
        for (OrderGroup group : groups(message)) {
            if (!group.isOwn()) {
                report(message.header(), group).ifPresent(reports::add);
            }
        }
        return reports;
    }

    /** Whether it tells of nothing but what Rigatino itself answered. */
    static boolean isOwn(InboundMessage message) throws MessageFault {
        for (OrderGroup group : groups(message)) {
            if (!group.isOwn()) {
                return false;
            }
        }
        return true;
    }

    private static List<OrderGroup> groups(InboundMessage message) throws MessageFault {
        List<OrderGroup> groups = new ArrayList<>();
        Segment pid = null;
        Segment orc = null;
        OrderGroup group = null;
        for (Segment segment : message.segments()) {
            switch (segment.name()) {
                case "PID" -> {
                    pid = segment;
                    orc = null;
                    group = null;
                }
                case "ORC" -> {
                    orc = segment;
                    group = null;
                }
                case "OBR" -> {
                    group = new OrderGroup(required(pid, segment, "PID"), orc, segment);
                    groups.add(group);
                    orc = null;
                }
                case "OBX" -> required(group, segment, "OBR").add(segment);
                case "NTE" -> {
                    if (group != null) {
                        group.notes().add(segment);
                    }
                }
                default -> {}
            }
        }
        if (groups.isEmpty()) {
            throw sequence(message.header(), "is followed by no OBR");
        }
        return groups;
    }

    private static <T> T required(T before, Segment segment, String name) throws MessageFault {
        if (before == null) {
            throw sequence(segment, "stands under no " + name);
        }
        return before;
    }

    private static MessageFault sequence(Segment segment, String what) {
        return MessageFault.wrong(ErrorCode.SEGMENT_SEQUENCE_ERROR, segment.place(0), what);
    }

    private Optional<ReceivedReport> report(Segment header, OrderGroup group) throws MessageFault {
        Optional<ReportStatus> status = Standing.of(group);
        if (status.isEmpty()) {
            return Optional.empty();
        }
        boolean withdrawn = status.get() == ReportStatus.WITHDRAWN;
        Times.Span reported = reported(header, group.obr());
        return Optional.of(new ReceivedReport(
                status.get(),
                reported.from(),
                reported.until(),
                Times.parse(header.value(7, 1), zone).map(Times.Span::from).orElse(null),
                accessionNumber(group),
                patients(group.pid()),
                neededUnless(withdrawn, () -> Identifiers.date(group.pid(), 7)),
                neededUnless(withdrawn, () -> PersonName.of(group.pid(), 5)),
                orEmpty(() -> Identifiers.sex(group.pid(), 8)),
                interpreter(group),
                withdrawn ? "" : ReportText.of(group),
                withdrawn ? 0 : ReportText.notShown(group)));
    }

    /** OBR-32 (NDL), else OBX-16 (XCN) of the first observation that has one; compared with nothing. */
    private static String interpreter(OrderGroup group) {
        String interpreter = orEmpty(() -> PersonName.ofObserver(group.obr(), 32));
        for (Segment observation : group.observations()) {
            interpreter = interpreter.isEmpty() ? orEmpty(() -> PersonName.ofObserver(observation, 16)) : interpreter;
        }
        return interpreter;
    }

    private static String neededUnless(boolean withdrawn, Value value) throws MessageFault {
        return withdrawn ? orEmpty(value) : value.read();
    }

    /** Empty where it cannot be read: the report is worth more than it is. */
    private static String orEmpty(Value value) {
        try {
            return value.read();
        } catch (MessageFault e) {
            return "";
        }
    }

    private Times.Span reported(Segment header, Segment obr) throws MessageFault {
        boolean said = !obr.value(22, 1).isEmpty();
        Segment segment = said ? obr : header;
        int field = said ? 22 : 7;
        String value = segment.value(field, 1);
        if (value.isEmpty()) {
            throw missing(segment, field, "and OBR-22 is: when it was reported is not known");
        }
        Times.Span time = Times.parse(value, zone)
                .orElseThrow(() -> MessageFault.wrong(
                        ErrorCode.DATA_TYPE_ERROR, segment.place(field), "is no time as YYYYMMDDHHMMSS[+/-ZZZZ]"));
        if (time.from().isAfter(now.plus(AHEAD))) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR, segment.place(field), "is more than a day to come: look at the clock");
        }
        return time;
    }

    private String accessionNumber(OrderGroup group) throws MessageFault {
        String[] field = settings.accessionNumber().split("-");
        Segment segment = field[0].equals("ORC") ? required(group.orc(), group.obr(), "ORC") : group.obr();
        int number = Integer.parseInt(field[1]);
        String value = segment.value(number, 1);
        if (value.isEmpty()) {
            throw missing(segment, number, "where rigatino.hl7.listen.accession-number says the accession number is");
        }
        return value;
    }

    private static List<PatientId> patients(Segment pid) throws MessageFault {
        List<PatientId> patients = new ArrayList<>();
        for (String repetition : pid.repetitions(3)) {
            String id = pid.identifier(pid.part(repetition, 1, 1), 3);
            String issuer = Identifiers.issuer(pid, repetition, 3);
            boolean known = !issuer.isEmpty() || Identifiers.isOfPatient(pid, repetition, 3);
            if (!id.isEmpty() && known && !Identifiers.isOfVisit(pid, repetition, 3)) {
                patients.add(new PatientId(id, issuer));
            }
        }
        if (patients.size() > MOST_IDS) {
            throw MessageFault.wrong(
                    ErrorCode.DATA_TYPE_ERROR, pid.place(3), "has more than " + MOST_IDS + " IDs of one patient");
        }
        if (patients.isEmpty()) {
            throw MessageFault.wrong(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    pid.place(3),
                    "has no ID of a patient (CX.5 empty, MR, PI or PT, or who issued it in CX.4), so that nobody knows"
                            + " whose report it is");
        }
        return patients;
    }

    private static MessageFault missing(Segment segment, int field, String why) {
        return MessageFault.wrong(ErrorCode.REQUIRED_FIELD_MISSING, segment.place(field), "is empty, " + why);
    }
}

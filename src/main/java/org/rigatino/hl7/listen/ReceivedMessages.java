package org.rigatino.hl7.listen;

import ca.uhn.hl7v2.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.rigatino.hl7.Hl7ListenConfiguration;
import org.rigatino.identity.PatientCorrections;
import org.rigatino.identity.PatientCorrections.Sender;
import org.rigatino.identity.PatientCorrections.Taken;
import org.rigatino.identity.PatientMessage;
import org.rigatino.report.ReceivedReport;
import org.rigatino.report.ReportRows;
import org.rigatino.report.ReportSender;

/**
 * Answers ORU^R01 and ADT: AA once what it says is durable, or is to be passed over; else AE or AR, and nothing of it is kept. Of several IDs those that are nobody's are left out.
 */
final class ReceivedMessages implements MessageHandler {
    private static final Logger LOG = Logger.getLogger(ReceivedMessages.class);
    private static final MessageFault.Place HEADER = new MessageFault.Place("MSH", 1, 0);

    private static final Set<String> UPDATES = Set.of("A08", "A31", "A40");

    private final Hl7ListenConfiguration settings;
    private final Charset otherwise;
    private final Set<String> ownApplications;
    private final ReportRows rows;
    private final PatientCorrections corrections;
    private final CountedRefusals refusals;
    private final MeterRegistry meters;
    private final OnceASecond warnings = new OnceASecond(LOG);
    /** Whoever sends by the thousand leaves the database to others. */
    private final Semaphore writing = new Semaphore(2, true);

    private enum Outcome {
        KEPT,
        REPEATED,
        /** It was taken back before, and waits for an administrator. */
        HELD,
        PASSED_OVER,
        OWN,
        REFUSED
    }

    /** @param ownApplications MSH-3 of what Rigatino sends */
    ReceivedMessages(
            Hl7ListenConfiguration settings,
            Charset otherwise,
            Set<String> ownApplications,
            ReportRows rows,
            PatientCorrections corrections,
            RefusedMessages refused,
            MeterRegistry meters) {
        this.settings = settings;
        this.otherwise = otherwise;
        this.ownApplications = ownApplications;
        this.rows = rows;
        this.corrections = corrections;
        this.refusals = new CountedRefusals(refused, meters);
        this.meters = meters;
    }

    @Override
    public byte[] answer(byte[] bytes, boolean whole, String address) {
        Segment header = null;
        try {
            header = InboundMessage.header(bytes);
            if (!whole) {
                throw MessageFault.rejected(
                        ErrorCode.APPLICATION_INTERNAL_ERROR,
                        HEADER,
                        "heads a message that is longer than "
                                + settings.maxMessage().asLongValue() + " bytes (rigatino.hl7.listen.max-message)");
            }
            count(take(InboundMessage.read(bytes, otherwise), address));
            return Answer.accepted(header);
        } catch (MessageFault e) {
            count(Outcome.REFUSED);
            warnings.warn("HL7 message from " + address + " answered " + e.answer() + ": " + e.getMessage());
            refusals.add(header, e, address);
            return Answer.refused(header, e);
        } catch (Exception e) {
            // Whatever a commit throws, which declares nothing.
            count(Outcome.REFUSED);
            warnings.warn("HL7 message from " + address + " answered AR: " + cause(e));
            MessageFault failed = failed("was read, and cannot be recorded now: send it again");
            refusals.add(header, failed, address);
            return Answer.refused(header, failed);
        }
    }

    /** A message of the database may quote values; those of reports have none. */
    private static String cause(Exception e) {
        return e instanceof IllegalStateException && e.getCause() != null
                ? e.getMessage() + ": " + e.getCause().getMessage()
                : e.getClass().getSimpleName();
    }

    private static MessageFault failed(String what) {
        return MessageFault.rejected(ErrorCode.APPLICATION_INTERNAL_ERROR, HEADER, what);
    }

    private void count(Outcome outcome) {
        meters.counter("rigatino.hl7.received", "outcome", outcome.name()).increment();
    }

    private Outcome take(InboundMessage message, String address) throws MessageFault {
        Segment header = message.header();
        if (ownApplications.contains(header.value(3, 1))) {
            return Outcome.OWN;
        }
        requireSender(header);
        requireType(header);
        if (header.value(9, 1).equals("ADT")) {
            return correct(message, sender(header, address));
        }
        if (ReportReader.isOwn(message)) {
            return Outcome.OWN;
        }
        Instant now = Instant.now();
        List<ReceivedReport> reports = new ReportReader(settings, now).read(message);
        if (reports.isEmpty()) {
            return Outcome.PASSED_OVER;
        }
        ReportSender sender = new ReportSender(header.value(3, 1), header.value(4, 1), header.value(10, 1), address);
        return record(sender, reports, now) > 0 ? Outcome.KEPT : Outcome.REPEATED;
    }

    private static ReportSender sender(Segment header, String address) throws MessageFault {
        return new ReportSender(header.value(3, 1), header.value(4, 1), header.value(10, 1), address);
    }

    private Outcome correct(InboundMessage message, ReportSender from) throws MessageFault {
        Instant now = Instant.now();
        Sender sender = new Sender(from.application(), from.facility(), from.controlId(), from.address());
        Set<Taken> taken = correct(
                sender, new PatientReader(settings.assigningAuthority(), Times.zone(settings), now).read(message), now);
        if (taken.equals(EnumSet.of(Taken.NOBODYS_ID))) {
            throw MessageFault.wrong(
                    ErrorCode.UNKNOWN_KEY_IDENTIFIER,
                    new MessageFault.Place("PID", 1, 3),
                    "or MRG-1 has an ID of rigatino.nobody, or of more studies than a patient has: nothing of it is changed");
        }
        if (taken.contains(Taken.TOO_MANY)) {
            throw failed(
                    "was read, and nothing of it is kept: too many messages of this patient came within a day, or there are too many merges without a study"
                            + " (rigatino.hl7.listen.max-reports)");
        }
        if (taken.contains(Taken.HELD)) {
            warnings.warn("HL7 message from " + sender.address()
                    + " is held: it was taken back before. An administrator lets it in on the page /administration");
            return Outcome.HELD;
        }
        return taken.contains(Taken.KEPT)
                ? Outcome.KEPT
                : taken.contains(Taken.REPEATED) ? Outcome.REPEATED : Outcome.PASSED_OVER;
    }

    private Set<Taken> correct(Sender sender, List<PatientMessage> patient, Instant now) {
        writing.acquireUninterruptibly();
        try {
            return corrections.take(sender, patient, settings.maxReports(), now);
        } finally {
            writing.release();
        }
    }

    private int record(ReportSender sender, List<ReceivedReport> reports, Instant now) throws MessageFault {
        writing.acquireUninterruptibly();
        try {
            return rows.record(sender, reports, settings.maxReports(), now);
        } catch (ReportRows.FullException e) {
            throw failed("was read, and is not kept: " + e.getMessage());
        } finally {
            writing.release();
        }
    }

    private void requireSender(Segment header) throws MessageFault {
        if (!settings.sendingApplications().orElse(Set.of()).contains(header.value(3, 1))) {
            throw MessageFault.rejected(
                    ErrorCode.TABLE_VALUE_NOT_FOUND,
                    header.place(3),
                    "is not in rigatino.hl7.listen.sending-applications");
        }
        if (settings.sendingFacilities().isPresent()
                && !settings.sendingFacilities().get().contains(header.value(4, 1))) {
            throw MessageFault.rejected(
                    ErrorCode.TABLE_VALUE_NOT_FOUND,
                    header.place(4),
                    "is not in rigatino.hl7.listen.sending-facilities");
        }
    }

    private void requireType(Segment header) throws MessageFault {
        String type = header.value(9, 1);
        boolean patients = type.equals("ADT") && settings.patientUpdates();
        if (!type.equals("ORU") && !patients) {
            throw MessageFault.rejected(
                    ErrorCode.UNSUPPORTED_MESSAGE_TYPE,
                    header.place(9),
                    "is not ORU^R01, nor ADT where rigatino.hl7.listen.patient-updates has it taken");
        }
        if (!(patients ? UPDATES : Set.of("R01")).contains(header.value(9, 2))) {
            throw MessageFault.rejected(
                    ErrorCode.UNSUPPORTED_EVENT_CODE, header.place(9), "is none of ORU^R01, ADT^A08, ADT^A31, ADT^A40");
        }
        if (header.value(10, 1).isEmpty()) {
            throw MessageFault.rejected(
                    ErrorCode.REQUIRED_FIELD_MISSING, header.place(10), "is empty, so that no answer can name it");
        }
        if (!header.value(11, 1).equals(settings.processingId())) {
            throw MessageFault.rejected(
                    ErrorCode.UNSUPPORTED_PROCESSING_ID,
                    header.place(11),
                    "is not " + settings.processingId() + " (rigatino.hl7.listen.processing-id)");
        }
        if (!header.value(12, 1).matches("2\\.\\d(\\.\\d)?")) {
            throw MessageFault.rejected(ErrorCode.UNSUPPORTED_VERSION_ID, header.place(12), "is no version 2 of HL7");
        }
    }
}

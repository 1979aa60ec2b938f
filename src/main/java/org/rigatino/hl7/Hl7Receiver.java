package org.rigatino.hl7;

import ca.uhn.hl7v2.HL7Exception;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.hl7.Hl7Configuration.Settings;
import org.rigatino.notify.Patience;
import org.rigatino.notify.Receiver;
import org.rigatino.notify.RejectedException;

/** Takes an event by an accepted message, or at once where its outcome is not told. */
final class Hl7Receiver implements Receiver {
    private final String name;
    private final Settings settings;
    private final MllpClient client;
    private final ReportedStudies studies;
    private final Accepted accepted;
    /** MSH-10 of the message that the receiver has, and what it leaves out, until that is recorded. */
    private Unrecorded unrecorded;

    private record Unrecorded(String controlId, String leftOut) {}

    /** Told of a message that the receiver has, and of what that leaves out. */
    interface Accepted {
        void message(String receiver, StudyEvent event, String controlId, String leftOut);
    }

    Hl7Receiver(String name, Settings settings, MllpClient client, ReportedStudies studies, Accepted accepted) {
        this.name = name;
        this.settings = settings;
        this.client = client;
        this.studies = studies;
        this.accepted = accepted;
    }

    @Override
    public String kind() {
        return "hl7";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Patience patience() {
        return settings;
    }

    @Override
    public EventKind givenUp() {
        return EventKind.HL7_GIVEN_UP;
    }

    @Override
    public int rejections() {
        return settings.rejections();
    }

    @Override
    public void take(String id, byte[] cloudEvent) throws IOException {
        StudyEvent event = StudyEvent.read(cloudEvent);
        if (settings.outcomes().contains(event.outcome())) {
            String controlId = ResultMessage.controlId(id);
            if (unrecorded == null || !unrecorded.controlId().equals(controlId)) {
                SourceFields fields = new SourceFields();
                client.send(message(controlId, event, fields), controlId);
                unrecorded = new Unrecorded(controlId, fields.told());
            }
            accepted.message(name, event, controlId, unrecorded.leftOut());
            unrecorded = null;
        }
    }

    private String message(String controlId, StudyEvent event, SourceFields fields) throws IOException {
        ReportedStudy study = study(event, fields);
        try {
            return ResultMessage.encode(controlId, event, study, settings, fields);
        } catch (HL7Exception | RuntimeException e) {
            // Its message may quote the patient.
            throw new RejectedException("no message can be made of what the study's header holds: "
                    + e.getClass().getSimpleName());
        }
    }

    /** Where record or store is away the message waits for as long as that takes; for one file of a study, as for the receiver. */
    private ReportedStudy study(StudyEvent event, SourceFields fields) throws UnavailableFileException {
        try {
            return studies.find(event.studyInstanceUid(), event.revision(), fields);
        } catch (UnavailableFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("the instance store cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the record cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }
}

package org.rigatino.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request says of a Modality Performed Procedure Step (PS3.4 F.7) that matters for whether its images are here.
 *
 * @param state always there of N-CREATE; empty where N-SET does not change it
 * @param studyInstanceUids of Scheduled Step Attributes Sequence (0040,0270), at least one of N-CREATE, none of N-SET, which
 *     cannot change them
 * @param patient Patient ID (0010,0020) of N-CREATE, with the character set that it is in
 * @param series of Performed Series Sequence (0040,0340); empty where that is absent
 */
public record PerformedStep(
        Optional<State> state, Set<String> studyInstanceUids, Dataset patient, Optional<List<Series>> series) {
    static final int MOST_STUDIES = 100;
    static final int MOST_SERIES = 1_000;
    /** Of all series together, those that are no images too. */
    static final int MOST_OBJECTS = 100_000;

    /** Characters, of which LO has 64 (PS3.5 6.2): beyond it IDs of instances are not told apart either. */
    private static final int LONGEST_PATIENT_ID = 256;

    /** What was asked for. */
    public enum Operation {
        CREATE,
        SET
    }

    /** Performed Procedure Step Status (0040,0252). */
    public enum State {
        IN_PROGRESS("IN PROGRESS"),
        COMPLETED("COMPLETED"),
        DISCONTINUED("DISCONTINUED");

        private final String value;

        State(String value) {
            this.value = value;
        }

        private static State of(String value) throws OperationRefusedException {
            return Arrays.stream(values())
                    .filter(state -> state.value.equals(value))
                    .findFirst()
                    .orElseThrow(() -> invalid(
                            Tag.PerformedProcedureStepStatus, "is none of IN PROGRESS, COMPLETED, DISCONTINUED"));
        }
    }

    /**
     * One performed series.
     *
     * @param images of Referenced Image Sequence (0008,1140)
     * @param others how many Referenced Non-Image Composite SOP Instance Sequence (0040,0220) names
     */
    public record Series(List<String> images, int others) {
        public Series {
            images = List.copyOf(images);
        }

        /** Modalities leave both sequences empty, which are of Type 2, where they do not keep count. */
        public boolean namesObjects() {
            return !images.isEmpty() || others > 0;
        }
    }

    public PerformedStep {
        studyInstanceUids = Set.copyOf(studyInstanceUids);
        series = series.map(List::copyOf);
    }

    /** @throws OperationRefusedException where what is asked for lacks what the operation needs, or cannot be true */
    static PerformedStep decode(Operation operation, byte[] bytes, String transferSyntaxUid) throws DicomException {
        Dataset step = DatasetEncoding.decode(bytes, transferSyntaxUid);
        if (operation == Operation.SET) {
            return new PerformedStep(state(step), Set.of(), new Dataset(), series(step));
        }
        State state = state(step)
                .orElseThrow(
                        () -> new OperationRefusedException(OperationStatus.missing(Tag.PerformedProcedureStepStatus)));
        if (state != State.IN_PROGRESS) {
            throw invalid(Tag.PerformedProcedureStepStatus, "is not IN PROGRESS at N-CREATE");
        }
        return new PerformedStep(Optional.of(state), studies(step), patient(step), series(step));
    }

    private static Optional<State> state(Dataset step) throws DicomException {
        return step.contains(Tag.PerformedProcedureStepStatus)
                ? Optional.of(State.of(value(step, Tag.PerformedProcedureStepStatus)))
                : Optional.empty();
    }

    private static Set<String> studies(Dataset step) throws DicomException {
        Set<String> studies = new LinkedHashSet<>();
        if (!step.contains(Tag.ScheduledStepAttributesSequence)) {
            throw new OperationRefusedException(OperationStatus.missing(Tag.ScheduledStepAttributesSequence));
        }
        for (Dataset scheduled : step.items(Tag.ScheduledStepAttributesSequence)) {
            studies.add(uid(scheduled, Tag.StudyInstanceUID));
            requireAtMost(MOST_STUDIES, studies.size(), "studies");
        }
        if (studies.isEmpty()) {
            throw new OperationRefusedException(OperationStatus.missingValue(Tag.ScheduledStepAttributesSequence));
        }
        return studies;
    }

    private static Dataset patient(Dataset step) throws OperationRefusedException {
        if (step.strings(Tag.PatientID).stream().mapToInt(String::length).sum() > LONGEST_PATIENT_ID) {
            throw invalid(Tag.PatientID, "is longer than " + LONGEST_PATIENT_ID + " characters");
        }
        return new Dataset().copy(step, Tag.SpecificCharacterSet, Tag.PatientID);
    }

    private static Optional<List<Series>> series(Dataset step) throws DicomException {
        if (!step.contains(Tag.PerformedSeriesSequence)) {
            return Optional.empty();
        }
        List<Series> series = new ArrayList<>();
        int objects = 0;
        for (Dataset performed : step.items(Tag.PerformedSeriesSequence)) {
            Series one = new Series(
                    images(performed),
                    performed
                            .items(Tag.ReferencedNonImageCompositeSOPInstanceSequence)
                            .size());
            series.add(one);
            objects += one.images().size() + one.others();
            requireAtMost(MOST_SERIES, series.size(), "series");
            requireAtMost(MOST_OBJECTS, objects, "objects");
        }
        return Optional.of(series);
    }

    private static List<String> images(Dataset performed) throws DicomException {
        List<String> images = new ArrayList<>();
        for (Dataset image : performed.items(Tag.ReferencedImageSequence)) {
            images.add(uid(image, Tag.ReferencedSOPInstanceUID));
        }
        return images;
    }

    private static void requireAtMost(int most, int found, String what) throws OperationRefusedException {
        if (found > most) {
            throw new OperationRefusedException(
                    OperationStatus.resourceLimitation("more than " + most + " " + what + " in a step"));
        }
    }

    private static String uid(Dataset dataset, int tag) throws DicomException {
        String uid = value(dataset, tag);
        if (!Uids.isValid(uid)) {
            throw invalid(tag, "is no UID (PS3.5 9.1)");
        }
        return uid;
    }

    private static String value(Dataset dataset, int tag) throws OperationRefusedException {
        if (!dataset.contains(tag)) {
            throw new OperationRefusedException(OperationStatus.missing(tag));
        }
        return dataset.string(tag)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new OperationRefusedException(OperationStatus.missingValue(tag)));
    }

    private static OperationRefusedException invalid(int tag, String what) {
        return new OperationRefusedException(OperationStatus.invalidValue(tag, Tag.text(tag) + " " + what));
    }
}

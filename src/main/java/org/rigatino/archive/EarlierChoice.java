package org.rigatino.archive;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.rigatino.identity.Identity;
import org.rigatino.identity.SamePatient;
import org.rigatino.patient.UnknownPatientValues;

/** Which of the studies that an archive lists are asked for: the latest first, those last of which fetching failed before. */
record EarlierChoice(List<ListedStudy> asked, EarlierSearch told) {
    /** On their way at once. */
    static final int MOST = 3;

    /**
     * What is on record of studies, by Study Instance UID.
     *
     * @param here received
     * @param underWay of which the fetching is not over
     * @param failed of which it failed, so that what is here may be a part
     */
    record Known(Set<String> here, Set<String> underWay, Set<String> failed) {}

    /** @param of whose the study is that they are earlier than */
    static EarlierChoice of(List<ListedStudy> listed, Identity of, Known known, UnknownPatientValues unknown) {
        List<ListedStudy> ofId = listed.stream()
                .filter(study ->
                        StudyQuery.isSame(text(of.patientId()), study.patient().patientId()))
                .toList();
        List<ListedStudy> ofIssuer = ofId.stream()
                .filter(study -> of.issuerOfPatientId() == null
                        || StudyQuery.isSame(
                                of.issuerOfPatientId(), study.patient().issuerOfPatientId()))
                .toList();
        List<ListedStudy> sure = SamePatient.of(of, ofIssuer, ListedStudy::patient, unknown);
        List<ListedStudy> alike = sure.stream()
                .filter(study -> isAlike(study.modalities(), of.modalities()))
                .toList();
        int underWay = count(alike, known.underWay());
        List<ListedStudy> missing = alike.stream()
                .filter(study -> !known.underWay().contains(study.studyInstanceUid()))
                .filter(study -> !known.here().contains(study.studyInstanceUid())
                        || known.failed().contains(study.studyInstanceUid()))
                .sorted(order(known.failed()))
                .toList();
        List<ListedStudy> asked = missing.subList(0, Math.min(Math.max(MOST - underWay, 0), missing.size()));
        return new EarlierChoice(
                List.copyOf(asked),
                new EarlierSearch(
                        listed.size(),
                        asked.size(),
                        underWay,
                        alike.size() - underWay - missing.size(),
                        missing.size() - asked.size(),
                        sure.size() - alike.size(),
                        ofIssuer.size() - sure.size(),
                        listed.size() - ofId.size(),
                        ofId.size() - ofIssuer.size()));
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }

    /** Modalities in Study (0008,0061) need not be told. */
    private static boolean isAlike(List<String> modalities, List<String> others) {
        return modalities.isEmpty() || others.isEmpty() || !Collections.disjoint(modalities, others);
    }

    private static int count(List<ListedStudy> studies, Set<String> among) {
        return (int) studies.stream()
                .filter(study -> among.contains(study.studyInstanceUid()))
                .count();
    }

    private static Comparator<ListedStudy> order(Set<String> failed) {
        return Comparator.comparing((ListedStudy study) -> failed.contains(study.studyInstanceUid()))
                .thenComparing(study -> study.date().orElse(LocalDate.MIN), Comparator.reverseOrder())
                .thenComparing(ListedStudy::studyInstanceUid);
    }
}

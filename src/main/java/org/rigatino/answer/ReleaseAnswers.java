package org.rigatino.answer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.persistence.Answer.Reason;
import org.rigatino.persistence.Answer.Verdict;

/** What people say of a release, counted: answers in force alone, of its last finding on each frame. */
@ApplicationScoped
public class ReleaseAnswers {
    private static final int MOST = 200;

    private static final String IN_FORCE =
            " from Answer a join a.finding f join f.instance i where f.modelDigest = :digest"
                    + " and not exists (select 1 from Answer later where later.revises = a.id)"
                    + " and not " + Answers.JUDGED_AGAIN
                    + " and i.outcome <> org.rigatino.persistence.Instance.Outcome.SET_ASIDE";

    @Inject
    EntityManager entities;

    /**
     * @param bySender by Calling AE Title of the images
     * @param byScanner by Manufacturer and Manufacturer's Model Name, where they were read with the answer
     * @param disagreements the latest first, {@value #MOST} at most
     * @param allDisagreements how many there are
     */
    public record Counted(
            Tally all,
            List<Group> bySender,
            List<Group> byScanner,
            List<Disagreement> disagreements,
            long allDisagreements) {}

    public record Group(String name, Tally tally) {}

    /** Without its comment, which may name a patient: the study's page has it. */
    public record Disagreement(
            String studyInstanceUid,
            String sopInstanceUid,
            int frameNumber,
            boolean flagged,
            Verdict verdict,
            Reason reason,
            String answeredBy,
            Instant answeredAt) {}

    private record Row(
            String sender, String manufacturer, String model, Verdict verdict, boolean flagged, long answers) {
        Tally tally() {
            return Tally.of(verdict, flagged, answers);
        }

        String scanner() {
            return manufacturer == null && model == null
                    ? null
                    : Stream.of(manufacturer, model)
                            .filter(part -> part != null)
                            .collect(Collectors.joining(" "));
        }
    }

    /** @param modelDigest SHA-256 of the release, in hex */
    @Transactional
    public Counted of(String modelDigest) {
        List<Row> rows = entities.createQuery(
                        "select i.callingAeTitle, a.manufacturer, a.manufacturerModelName, a.verdict, f.flagged, count(*)"
                                + IN_FORCE
                                + " group by i.callingAeTitle, a.manufacturer, a.manufacturerModelName, a.verdict,"
                                + " f.flagged",
                        Row.class)
                .setParameter("digest", modelDigest)
                .getResultList();
        Map<String, Tally> senders = new TreeMap<>();
        Map<String, Tally> scanners = new TreeMap<>();
        Tally all = Tally.NONE;
        for (Row row : rows) {
            all = all.plus(row.tally());
            senders.merge(row.sender(), row.tally(), Tally::plus);
            if (row.scanner() != null) {
                scanners.merge(row.scanner(), row.tally(), Tally::plus);
            }
        }
        return new Counted(
                all,
                groups(senders),
                groups(scanners),
                disagreements(modelDigest),
                all.wrong() + all.wronglyNot() + all.missed());
    }

    private static List<Group> groups(Map<String, Tally> tallies) {
        List<Group> groups = new ArrayList<>();
        tallies.forEach((name, tally) -> {
            if (tally.getAnswers() > 0) {
                groups.add(new Group(name, tally));
            }
        });
        return groups;
    }

    private List<Disagreement> disagreements(String modelDigest) {
        return entities.createQuery(
                        "select a.studyInstanceUid, i.sopInstanceUid, f.frameNumber, f.flagged, a.verdict, a.reason,"
                                + " a.answeredBy, a.answeredAt" + IN_FORCE
                                + " and a.verdict in (:disagreeing) order by a.id desc",
                        Disagreement.class)
                .setParameter("digest", modelDigest)
                .setParameter("disagreeing", List.of(Verdict.DISAGREE, Verdict.MISSED))
                .setMaxResults(MOST)
                .getResultList();
    }

    /** Whether a release of this digest judged anything here. */
    @Transactional
    public boolean isKnown(String modelDigest) {
        return !entities.createQuery("select 1 from Finding f where f.modelDigest = :digest", Integer.class)
                .setParameter("digest", modelDigest)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}

package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rigatino.finding.Priority;
import org.rigatino.identity.EarlierOfPatient;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.WorklistEntry;

/** A patient's earlier studies, for those who are shown all of whose a study is; each that is shown is in the trail. */
@ApplicationScoped
public class EarlierQueries {
    public static final int MOST = 20;

    @Inject
    EntityManager entities;

    @Inject
    EarlierOfPatient patients;

    @Inject
    Identities identities;

    @Inject
    ViewRecord views;

    /** Empty for whom not all of whose a study is is shown: that two are of one patient is more than accession, age and sex. */
    @Transactional
    public Optional<EarlierStudies> of(String studyInstanceUid, Reader reader) {
        return of(studyInstanceUid, reader, null);
    }

    /** @param chosen of which alone is told, where it is one of the earlier studies; null for all */
    @Transactional
    public Optional<EarlierStudies> of(String studyInstanceUid, Reader reader, String chosen) {
        if (reader.level() != IdentityLevel.FULL) {
            return Optional.empty();
        }
        EarlierOfPatient.Found found = patients.find(studyInstanceUid, MOST);
        List<String> told = found.studies().contains(String.valueOf(chosen)) ? List.of(chosen) : found.studies();
        List<String> all = new ArrayList<>(List.of(studyInstanceUid));
        all.addAll(told);
        Map<String, Identity> whose = identities.show(all, reader);
        told.forEach(study -> views.compared(study, reader.actor()));
        Map<String, List<EarlierStudies.OfRelease>> findings = findings(all);
        Map<String, Priority> priorities = priorities(all);
        LocalDate at = day(whose.get(studyInstanceUid));
        List<EarlierStudies.Restored> restored = all.stream()
                .map(study -> restored(
                        study, whose.get(study), at, priorities.get(study), findings.getOrDefault(study, List.of())))
                .toList();
        return Optional.of(new EarlierStudies(
                restored.get(0),
                restored.subList(1, restored.size()),
                found.all(),
                found.later(),
                found.undated(),
                found.uncertain(),
                found.untold()));
    }

    private static EarlierStudies.Restored restored(
            String study, Identity identity, LocalDate at, Priority priority, List<EarlierStudies.OfRelease> findings) {
        LocalDate day = day(identity);
        return new EarlierStudies.Restored(
                study,
                identity.studyDate(),
                day == null || at == null ? null : ChronoUnit.DAYS.between(day, at),
                identity.modalities(),
                identity.bodyParts(),
                priority,
                findings);
    }

    private static LocalDate day(Identity identity) {
        try {
            return identity.studyDate() == null
                    ? null
                    : LocalDate.parse(identity.studyDate(), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** By Study Instance UID. What a release measured is of one of its settings, and where several stand it is not known of which. */
    private Map<String, List<EarlierStudies.OfRelease>> findings(List<String> studies) {
        Map<String, Double> millilitres = millilitres(studies);
        Map<String, List<EarlierStudies.OfRelease>> findings = new HashMap<>();
        List<Object[]> rows = entities.createQuery(
                        "select i.study.studyInstanceUid, f.modelName, f.modelVersion, f.modelDigest,"
                                + " f.configurationDigest, max(f.score), max(f.percentile), count(f),"
                                + " sum(case when f.flagged = true then 1 else 0 end) from Finding f join f.instance i"
                                + " where i.study.studyInstanceUid in :uids and " + Finding.STANDS
                                + " group by i.study.studyInstanceUid, f.modelName, f.modelVersion, f.modelDigest,"
                                + " f.configurationDigest order by f.modelName, f.modelVersion, f.modelDigest,"
                                + " f.configurationDigest",
                        Object[].class)
                .setParameter("uids", studies)
                .getResultList();
        Map<String, Long> configurations =
                rows.stream().collect(Collectors.groupingBy(row -> row[0] + " " + row[3], Collectors.counting()));
        rows.forEach(row -> findings.computeIfAbsent((String) row[0], study -> new ArrayList<>())
                .add(new EarlierStudies.OfRelease(
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        (String) row[4],
                        (Double) row[5],
                        (Double) row[6],
                        ((Number) row[7]).longValue(),
                        ((Number) row[8]).longValue(),
                        configurations.get(row[0] + " " + row[3]) > 1
                                ? null
                                : millilitres.get(row[0] + " " + row[3]))));
        return findings;
    }

    /** By study and release, of the latest revision that it judged. */
    private Map<String, Double> millilitres(List<String> studies) {
        Map<String, Double> found = new HashMap<>();
        entities
                .createQuery(
                        "from Study s where s.studyInstanceUid in :uids and s.supersededAt is null order by s.revision",
                        Study.class)
                .setParameter("uids", studies)
                .getResultList()
                .stream()
                .filter(study ->
                        study.againstNormalStudies != null && study.againstNormalStudies.decidingDigest() != null)
                .forEach(study -> found.put(
                        study.studyInstanceUid + " " + study.againstNormalStudies.decidingDigest(),
                        study.againstNormalStudies.millilitres()));
        return found;
    }

    private Map<String, Priority> priorities(List<String> studies) {
        Map<String, Priority> priorities = new HashMap<>();
        entities
                .createQuery("from WorklistEntry where studyInstanceUid in :uids", WorklistEntry.class)
                .setParameter("uids", studies)
                .getResultList()
                .stream()
                .forEach(entry -> priorities.put(entry.studyInstanceUid, entry.priority));
        return priorities;
    }
}

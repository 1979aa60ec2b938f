package org.rigatino.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jboss.logging.Logger;
import org.rigatino.dicom.OperationStatus;
import org.rigatino.dicom.PerformedStep;
import org.rigatino.dicom.PerformedStep.Series;
import org.rigatino.dicom.PerformedStep.State;
import org.rigatino.dicom.PerformedStepHandler;
import org.rigatino.dicom.Tag;
import org.rigatino.identity.IdentityRows;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;

/**
 * Steps that modalities perform (PS3.4 F.7): which are under way, and which images those that are completed made. Like all that
 * is said of a study it can end its wait sooner and never makes it longer.
 */
@ApplicationScoped
class PerformedSteps implements PerformedStepHandler {
    /** More than a week of steps of a large hospital, and of images of them. */
    private static final int MOST_STEPS = 50_000;

    private static final long MOST_IMAGES = 20_000_000;
    private static final OperationStatus NO_ROOM = OperationStatus.resourceLimitation("too many steps are remembered");

    /**
     * Of revision {@code s}: a step is under way, or made an image that is not here. Whatever is counted or announced is not all. A
     * step that nothing was told of for a day has ended unsaid.
     */
    static final String MORE_TO_COME =
            """
            exists (select 1 from performed_step p where p.study_instance_uids @> array[s.study_instance_uid]
                    and (p.state = 'IN_PROGRESS' and p.changed_at > now() - interval '24 hours' or p.state = 'COMPLETED' and exists (
                      select 1 from unnest(p.image_uids) as image (uid)
                      where not exists (select 1 from instance i where i.sop_instance_uid = image.uid))))""";

    /** Of revision {@code s}: at least one image of a completed step is of it, and all completed steps say what they made. */
    static final String COMPLETE =
            """
            (exists (select 1 from performed_step p join instance i on i.sop_instance_uid = any (p.image_uids)
                    where p.study_instance_uids @> array[s.study_instance_uid] and p.state = 'COMPLETED' and i.study_id = s.id)
            and not exists (select 1 from performed_step p where p.study_instance_uids @> array[s.study_instance_uid]
                    and p.state = 'COMPLETED' and not p.names_all))""";

    private static final Logger LOG = Logger.getLogger(PerformedSteps.class);

    @Inject
    Session entities;

    @Inject
    IdentityRows identities;

    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** Commits before it returns. */
    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public OperationStatus keep(
            PerformedStep.Operation operation, String callingAeTitle, String sopInstanceUid, PerformedStep step) {
        return operation == PerformedStep.Operation.CREATE
                ? create(callingAeTitle, sopInstanceUid, step)
                : set(sopInstanceUid, step);
    }

    private OperationStatus create(String by, String uid, PerformedStep step) {
        if (state(uid).isPresent()) {
            return OperationStatus.DUPLICATE_SOP_INSTANCE;
        }
        String patientId = patientId(step);
        for (String study : step.studyInstanceUids()) {
            if (!patientId.isEmpty() && identities.patientIds(study).stream().anyMatch(id -> !id.equals(patientId))) {
                return OperationStatus.invalidValue(
                        Tag.PatientID, Tag.text(Tag.PatientID) + " is not that of the study's instances");
            }
        }
        List<Series> series = step.series().orElse(List.of());
        if (!hasRoomForAStep() || !hasRoomForImages(uid, images(series).length)) {
            return NO_ROOM;
        }
        Optional<StepPatient> patient =
                patientId.isEmpty() ? Optional.empty() : Optional.of(StepPatient.of(uid, patientId));
        int created = entities.createNativeQuery(
                        "insert into performed_step (sop_instance_uid, calling_ae_title, state,"
                                + " study_instance_uids, patient, image_uids, images, names_all, changed_at) values (:uid, :by,"
                                + " :state, :studies, cast(:patient as text), :images, :count, :all, :now)"
                                + " on conflict do nothing")
                .setParameter("uid", uid)
                .setParameter("by", by)
                .setParameter("state", step.state().orElseThrow().name())
                .setParameter("studies", step.studyInstanceUids().toArray(String[]::new))
                .setParameter("patient", patient.map(StepPatient::sha256).orElse(null))
                .setParameter("images", images(series))
                .setParameter("count", images(series).length)
                .setParameter("all", nameAll(series))
                .setParameter("now", Instant.now())
                .executeUpdate();
        if (created == 0) {
            return OperationStatus.DUPLICATE_SOP_INSTANCE;
        }
        patient.ifPresent(one -> entities.createNativeQuery("insert into performed_step_salt values (:uid, :salt)")
                .setParameter("uid", uid)
                .setParameter("salt", one.salt())
                .executeUpdate());
        return OperationStatus.SUCCESS;
    }

    private OperationStatus set(String uid, PerformedStep step) {
        Optional<State> state = state(uid);
        if (state.isEmpty()) {
            return OperationStatus.NO_SUCH_SOP_INSTANCE;
        }
        if (state.get() != State.IN_PROGRESS) {
            return OperationStatus.MAY_NO_LONGER_BE_UPDATED;
        }
        // What a discontinued step made is not waited for.
        boolean discontinued = step.state().equals(Optional.of(State.DISCONTINUED));
        if (discontinued || step.series().isPresent()) {
            List<Series> series = discontinued ? List.of() : step.series().get();
            if (!hasRoomForImages(uid, images(series).length)) {
                return NO_ROOM;
            }
            made(uid, series);
        }
        entities.createNativeQuery(
                        "update performed_step set state = :state, changed_at = :now where sop_instance_uid = :uid")
                .setParameter("state", step.state().orElse(State.IN_PROGRESS).name())
                .setParameter("now", Instant.now())
                .setParameter("uid", uid)
                .executeUpdate();
        return OperationStatus.SUCCESS;
    }

    /** As instances' are recorded; empty where it is unknown. */
    private static String patientId(PerformedStep step) {
        return StudyIdentity.of("", step.patient())
                .map(identity -> identity.value(IdentityAttribute.PATIENT_ID))
                .orElse("");
    }

    /** Locks the step until the end of the transaction. */
    private Optional<State> state(String uid) {
        return entities.createNativeQuery(
                        "select state from performed_step where sop_instance_uid = :uid for update", String.class)
                .setParameter("uid", uid)
                .uniqueResultOptional()
                .map(State::valueOf);
    }

    private void made(String uid, List<Series> series) {
        entities.createNativeQuery("update performed_step set image_uids = :images, images = :count,"
                        + " names_all = :all where sop_instance_uid = :uid")
                .setParameter("images", images(series))
                .setParameter("count", images(series).length)
                .setParameter("all", nameAll(series))
                .setParameter("uid", uid)
                .executeUpdate();
    }

    private boolean hasRoomForAStep() {
        return number("select count(*) from performed_step") < MOST_STEPS;
    }

    /** In place of those that the step named before: none are always taken, so that a step can end. */
    private boolean hasRoomForImages(String uid, int images) {
        return images == 0
                || number("select coalesce(sum(images), 0) from performed_step where sop_instance_uid <> ?1", uid)
                                + images
                        <= MOST_IMAGES;
    }

    private long number(String query, Object... values) {
        NativeQuery<Long> prepared = entities.createNativeQuery(query, Long.class);
        for (int i = 0; i < values.length; i++) {
            prepared.setParameter(i + 1, values[i]);
        }
        return prepared.getSingleResult();
    }

    private static String[] images(List<Series> series) {
        return series.stream().flatMap(one -> one.images().stream()).distinct().toArray(String[]::new);
    }

    /** Whether it is said of every series which objects that has. */
    private static boolean nameAll(List<Series> series) {
        return !series.isEmpty() && series.stream().allMatch(Series::namesObjects);
    }

    private record OfPatient(String step, byte[] salt, String patient) {
        boolean isOf(String id) {
            return new StepPatient(salt, patient).is(step, id);
        }
    }

    /**
     * Whether no completed step of a study names another patient than its instances do, within the caller's transaction. What
     * differs is told in the log.
     */
    boolean areOfItsPatient(String studyInstanceUid) {
        Set<String> ids = identities.patientIds(studyInstanceUid);
        List<String> others = entities
                .createNativeQuery(
                        "select sop_instance_uid, salt, patient from performed_step"
                                + " left join performed_step_salt using (sop_instance_uid) where study_instance_uids @> array[cast(:study as text)] and state = 'COMPLETED'"
                                + " and patient is not null",
                        OfPatient.class)
                .setParameter("study", studyInstanceUid)
                .getResultList()
                .stream()
                .filter(step -> ids.stream().anyMatch(id -> !step.isOf(id)))
                .map(OfPatient::step)
                .toList();
        others.stream()
                .filter(step -> told.asMap().putIfAbsent(step, true) == null)
                .forEach(step -> LOG.warnf(
                        "performed step %s names another Patient ID than instances of its study %s, which waits for its"
                                + " quiet period: see whose the study is, and whether the modality had the right patient",
                        step, studyInstanceUid));
        return others.isEmpty();
    }
}

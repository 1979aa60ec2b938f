package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rigatino.deliver.OutputStore;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Output;
import org.rigatino.result.ObjectKind;

/** Where the files of a frame are that a model judged. */
@ApplicationScoped
class JudgedFrames {
    @Inject
    EntityManager entities;

    @Inject
    IngestConfiguration ingest;

    @Inject
    OutputStore outputs;

    @Inject
    OverlayScales scales;

    /** @param modelDigest null for the latest that judged it */
    record Key(String studyInstanceUid, String sopInstanceUid, int frameNumber, String modelDigest) {}

    /**
     * A file that is not kept is absent.
     *
     * @param scale of the overlay; empty where it is not known
     */
    record FrameFiles(
            Optional<Path> source, Optional<Path> restored, Optional<Path> overlay, Optional<OverlayScale> scale) {
        static final FrameFiles NONE =
                new FrameFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Empty where no model judged the frame. */
    @Transactional
    Optional<FrameFiles> find(Key key) {
        return entities
                .createQuery(
                        "from Finding f join fetch f.instance i where i.sopInstanceUid = :sop"
                                + " and i.outcome <> org.rigatino.persistence.Instance.Outcome.SET_ASIDE"
                                + " and i.study.studyInstanceUid = :uid and f.frameNumber = :number"
                                + " and (:digest is null or f.modelDigest = :digest) order by f.createdAt desc, f.id desc",
                        Finding.class)
                .setParameter("sop", key.sopInstanceUid())
                .setParameter("uid", key.studyInstanceUid())
                .setParameter("number", key.frameNumber())
                .setParameter("digest", key.modelDigest())
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst()
                .map(this::files);
    }

    private FrameFiles files(Finding finding) {
        List<Output> objects = entities.createQuery(
                        "from Output where finding = :finding order by replacedAt nulls last, id", Output.class)
                .setParameter("finding", finding)
                .getResultList();
        return new FrameFiles(
                kept(ingest.store().resolve(finding.instance.location)),
                output(objects, ObjectKind.RESTORED_IMAGE),
                output(objects, ObjectKind.SECONDARY_CAPTURE),
                scales.of(finding));
    }

    private Optional<Path> output(List<Output> objects, ObjectKind kind) {
        return objects.stream()
                .filter(object -> object.kind == kind)
                .reduce((first, last) -> last)
                .flatMap(object -> kept(outputs.file(object.location)));
    }

    /** One that the file system does not give is not absent: whoever reads it is told. */
    private static Optional<Path> kept(Path file) {
        return Files.notExists(file) ? Optional.empty() : Optional.of(file);
    }
}

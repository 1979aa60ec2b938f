package org.rigatino.persistence;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.generator.EventType;
import org.rigatino.finding.Priority;

/** A study that a person should look at, all of its revisions together, and who does. */
@Entity
@DynamicUpdate
public class WorklistEntry {
    /** Whether anyone has seen to it. */
    public enum State {
        OPEN,
        ACKNOWLEDGED
    }

    @Id
    public String studyInstanceUid;

    /** The latest that has come to an outcome. */
    public int revision;

    @Enumerated(EnumType.STRING)
    public State state = State.OPEN;

    @Enumerated(EnumType.STRING)
    public Priority priority;

    /** Never UNJUDGED; null where no revision was judged. */
    @Enumerated(EnumType.STRING)
    public Priority judged;

    /** The highest-ranked image of all revisions; null where there is none. */
    @ManyToOne(fetch = FetchType.LAZY)
    public Finding finding;

    /** The latest revision that failed, or was refused for its patient's identity or as unlike; null where there is none. */
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "troubled_id")
    public Study troubled;

    /** The revision that is furthest beyond the normal studies; null where none was set against any. */
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "deciding_id")
    public Study deciding;

    /** Of that revision; order among studies of one place. */
    public double beyond;

    public int imagesSeen;
    public int imagesRestored;
    public int imagesFailed;

    /** Images of which a frame or all was refused as unlike a release's normal ones, when the row was read. */
    @Formula("(select count(*) from instance i join study s on s.id = i.study_id"
            + " where s.study_instance_uid = study_instance_uid and s.superseded_at is null and " + Instance.UNLIKE
            + ")")
    public int imagesUnlike;

    /** When the last instance of the revision came that put the study on the list or raised it. */
    public Instant waitingSince;

    public Instant listedAt;
    public String assignedTo;
    public Instant assignedAt;
    /** A user, or the setting that escalated it. */
    public String escalatedBy;

    public Instant escalatedAt;
    public String acknowledgedBy;
    public Instant acknowledgedAt;
    /** Null where it is not open again. */
    @Embedded
    public Reopening reopening;

    public Instant reopenedAt;

    /** Whether all of it came when somebody asked an archive for it beside a later study of the patient. */
    public boolean earlier;

    /** Order on the list, set by the database: escalated first, then by priority, of each earlier studies last. */
    @Generated(event = {EventType.INSERT, EventType.UPDATE})
    public Integer place;

    @Version
    public int version;
}

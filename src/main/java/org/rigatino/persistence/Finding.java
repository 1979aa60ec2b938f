package org.rigatino.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import java.util.List;

/** What one model release said of one frame. */
@Entity
public class Finding {
    /**
     * In a query, of a finding {@code f}: it is of the run that judged its image last, and that run restored the image. Others are
     * kept for the record alone.
     */
    public static final String STANDS = "f.instance.outcome = org.rigatino.persistence.Instance.Outcome.RESTORED"
            + " and f.createdAt = (select max(later.createdAt) from Finding later where later.instance = f.instance)";

    /** Of findings {@code f} in JPQL: the most abnormal first, as the study's percentile is ranked. */
    public static final String RANKED = " order by f.flagged desc, f.percentile desc, f.score desc, f.id";

    private static final String JOINED = ", ";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "finding_id_seq")
    @SequenceGenerator(name = "finding_id_seq", sequenceName = "finding_id_seq", allocationSize = 50)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Instance instance;

    public int frameNumber;
    public String modelName;
    public String modelVersion;
    public String modelDigest;
    public String configurationDigest;

    /**
     * SOP Instance UID and frame number of the slices beside it that its map was joined with, as they lie, a comma between
     * them; null where it was judged by itself. What was joined otherwise is another finding.
     */
    public String joinedWith;

    public double score;
    public double percentile;
    public boolean flagged;

    /** The slice's unit normal, LPS; 0, 0, 0 where slices are numbered; null for a projection. */
    @Column(name = "normal_x")
    public Double normalX;

    @Column(name = "normal_y")
    public Double normalY;

    @Column(name = "normal_z")
    public Double normalZ;

    /** In mm along the normal, or the slice's number; null for a projection. */
    public Double slicePosition;

    /** Of what is marked, in mm2; null where the size of pixels is not known. */
    public Double markedArea;

    /** When the frame was last judged so: later than first written where another release judged it in between. */
    public Instant createdAt;

    /** Each of {@link #joinedWith}: SOP Instance UID, a space, frame number. */
    public List<String> joinedFrames() {
        return frames(joinedWith);
    }

    /** @param joinedWith as {@link #joinedWith} */
    public static List<String> frames(String joinedWith) {
        return joinedWith == null ? List.of() : List.of(joinedWith.split(JOINED));
    }

    /** @param frames as {@link #joinedFrames} tells them */
    public void joinedFrames(List<String> frames) {
        joinedWith = frames.isEmpty() ? null : String.join(JOINED, frames);
    }
}

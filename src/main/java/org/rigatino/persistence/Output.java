package org.rigatino.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.rigatino.result.ObjectKind;

/** One encoded object, kept on disk and re-sent as it is. */
@Entity
public class Output {
    private static final String MADE = "f.instance.study = o.study and " + Finding.STANDS;

    /**
     * In a query, of an output {@code o}: what it was made of stands, as {@link Finding#STANDS} says, no later revision has
     * judged it again, and no replay made other objects of the same.
     */
    public static final String STANDS =
            "o.replacedAt is null and not exists (select 1 from Finding f where f = o.finding and not (" + MADE
                    + ")) and not exists (select 1 from Output series join series.findings f where series = o and not ("
                    + MADE
                    + "))";

    /** In a query, of an output {@code o}: it is the study's own ({@link ObjectKind#isOfStudy}), not what was made later and decides nothing of it. */
    public static final String IS_OF_STUDY = "o.kind not in (org.rigatino.result.ObjectKind.ASSESSMENT,"
            + " org.rigatino.result.ObjectKind.REJECTION_NOTE)";

    /** The same in SQL. */
    public static final String OF_STUDY = "o.kind not in ('ASSESSMENT', 'REJECTION_NOTE')";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "output_id_seq")
    @SequenceGenerator(name = "output_id_seq", sequenceName = "output_id_seq", allocationSize = 50)
    public Long id;

    /** Of the frame that it shows; null where it is of several, which {@link #findings} names. */
    @ManyToOne(fetch = FetchType.LAZY)
    public Finding finding;

    /** Of the frames of a series that it holds, or one that an assessment or a rejection note is of; empty where {@link #finding} is there. */
    @ManyToMany
    @JoinTable(
            name = "output_finding",
            joinColumns = @JoinColumn(name = "output_id"),
            inverseJoinColumns = @JoinColumn(name = "finding_id"))
    public Set<Finding> findings = new HashSet<>();

    @ManyToOne(fetch = FetchType.LAZY)
    public Study study;

    @Enumerated(EnumType.STRING)
    public ObjectKind kind;

    public String sopInstanceUid;
    public String sopClassUid;
    public String seriesInstanceUid;
    /** Path relative to the output store. */
    public String location;

    public String sha256;
    public long bytes;
    public Instant createdAt;

    /** When a replay made other objects in its place, of the same findings; null where it was the last made of them. */
    public Instant replacedAt;

    /** What it was made of, or one of several. */
    public Finding anyFinding() {
        return finding == null ? findings.iterator().next() : finding;
    }
}

package org.rigatino.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;

/** One encoded object, kept on disk and re-sent as it is. */
@Entity
public class Output {
    /** Kinds of object made from a finding. */
    public enum Kind {
        SECONDARY_CAPTURE,
        RESTORED_IMAGE
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "output_id_seq")
    @SequenceGenerator(name = "output_id_seq", sequenceName = "output_id_seq", allocationSize = 50)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Finding finding;

    @ManyToOne(fetch = FetchType.LAZY)
    public Study study;

    @Enumerated(EnumType.STRING)
    public Kind kind;

    public String sopInstanceUid;
    public String sopClassUid;
    public String seriesInstanceUid;
    /** Path relative to the output store. */
    public String location;

    public String sha256;
    public long bytes;
    public Instant createdAt;
}

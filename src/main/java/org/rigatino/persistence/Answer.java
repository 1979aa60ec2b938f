package org.rigatino.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;

/** What a person said of a finding. Never changed: a later row names the one that it takes the place of. */
@Entity
@Immutable
public class Answer {
    /** Of what the release says of the image, flagged or not. */
    public enum Verdict {
        AGREE,
        DISAGREE,
        UNSURE,
        /** Something is there, and no image of the study is flagged. */
        MISSED,
        /** The answer before was given by mistake. */
        WITHDRAWN
    }

    /** Why, from a list that can be counted. */
    @Schema(name = "AnswerReason")
    public enum Reason {
        ARTIFACT,
        MOTION,
        NORMAL_VARIANT,
        POST_OPERATIVE,
        KNOWN_LESION,
        WRONG_PLACE_OR_EXTENT,
        /** There, and without consequence. */
        NOT_RELEVANT,
        OTHER
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Finding finding;

    public String studyInstanceUid;

    @Enumerated(EnumType.STRING)
    public Verdict verdict;

    /** Null where none was given. */
    @Enumerated(EnumType.STRING)
    public Reason reason;

    /** Of what was missed, in pixels of the source, from 0 at the left; else null. */
    @Column(name = "place_column")
    public Integer column;

    /** From 0 at the top. */
    @Column(name = "place_row")
    public Integer row;

    /** (0008,0070); null where the file was not kept any more. */
    public String manufacturer;

    /** (0008,1090). */
    public String manufacturerModelName;

    public String answeredBy;
    public Instant answeredAt;

    /** Id of the answer that this one takes the place of; null for the first of a finding. */
    public Long revises;
}

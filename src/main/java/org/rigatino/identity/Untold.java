package org.rigatino.identity;

/** Why it cannot be told which studies are of the patient of one. */
public enum Untold {
    NOT_RECORDED,
    IN_DOUBT,
    DELETED,
    NO_ID,
    /** A character is none, or the end is cut off. */
    ILLEGIBLE,
    NAME_OR_BIRTH_DATE_UNKNOWN,
    /** An ID, a name or a birth date that {@code rigatino.nobody} has. */
    NOBODYS,
    /** More than {@value EarlierOfPatient#MOST_OF_ONE_ID} studies have the ID. */
    TOO_MANY,
    /** Studies that agree with this one contradict each other. */
    CONTRADICTING
}

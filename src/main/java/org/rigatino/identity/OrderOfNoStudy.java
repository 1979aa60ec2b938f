package org.rigatino.identity;

/** Why there is no study of an order. */
public enum OrderOfNoStudy {
    /** None has its accession number. */
    NO_STUDY,
    /** One has, and is known to be another patient's, or has another name, birth date or sex. */
    OTHER_PATIENT,
    /** One has, with the same Patient ID, of which the one or the other does not say who issued it. */
    ISSUER_UNKNOWN,
    /** One has, and its images name several patients. */
    IN_DOUBT,
    /** One has, with a Patient ID that {@code rigatino.nobody} has. */
    NOBODYS_ID
}

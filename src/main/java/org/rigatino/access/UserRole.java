package org.rigatino.access;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The roles that a person or a machine may have. Held by {@code @RolesAllowed} at each endpoint. */
public final class UserRole {
    /** Reads the worklist and what was found. */
    public static final String COORDINATOR = "coordinator";
    /** Reads the worklist and what was found. */
    public static final String RADIOLOGIST = "radiologist";
    /** Reads the audit trail, and of studies what it speaks of. */
    public static final String AUDITOR = "auditor";
    /** Operates: replay, metrics, settings, users. */
    public static final String ADMINISTRATOR = "administrator";
    /** A machine that sends instances (STOW-RS) or tells of them. */
    public static final String MODALITY = "modality";
    /** A machine that reads metrics. */
    public static final String MONITOR = "monitor";

    /** Of people: what a user or a group of an identity provider may be given. */
    public static final Set<String> OF_PEOPLE = Set.of(COORDINATOR, RADIOLOGIST, AUDITOR, ADMINISTRATOR);

    /** In the order of the table in docs/security.md. */
    public static final List<String> ALL = List.of(COORDINATOR, RADIOLOGIST, AUDITOR, ADMINISTRATOR, MODALITY, MONITOR);

    private UserRole() {}

    /** @throws IllegalArgumentException where a person cannot have these */
    static void checkOfPeople(Set<String> roles) {
        if (roles == null || roles.isEmpty() || !new HashSet<>(OF_PEOPLE).containsAll(roles)) {
            throw UserReason.NO_ROLE.wrong();
        }
    }
}

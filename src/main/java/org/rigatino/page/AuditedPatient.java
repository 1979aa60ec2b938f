package org.rigatino.page;

import java.util.Map;
import org.rigatino.identity.Identity;

/**
 * Whom the page of the trail is about.
 *
 * @param shown whether patients may be looked for
 * @param full whether by name and ID too
 * @param search what was looked for, or null
 * @param whose of the study that is filtered by; null where none is, or nothing is to be shown
 * @param found studies by UID; null where none were looked for
 */
public record AuditedPatient(boolean shown, boolean full, String search, Identity whose, Map<String, Identity> found) {}

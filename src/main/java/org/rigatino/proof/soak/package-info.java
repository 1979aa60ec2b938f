/**
 * A deployment on this machine that is worked and broken at the same time, and the audit afterwards from outside: by
 * DCMTK's own log of what was acknowledged, by the PACS, and by the database.
 */
package org.rigatino.proof.soak;

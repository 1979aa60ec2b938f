/**
 * The audit trail: append-only rows of {@code audit_event}, chained by hash, and the proof that none was changed. What
 * is worth recording is decided by the stage where it happens.
 */
package org.rigatino.audit;

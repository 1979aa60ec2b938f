/** The append-only, hash-chained audit trail. Knows nothing of ours: an event is a kind, a study, a subject, details. */
package org.rigatino.audit;

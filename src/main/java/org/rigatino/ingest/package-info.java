/**
 * From C-STORE to a study that is ready: the Storage SCP's rules, the durable instance store, the study assembler, the
 * {@code StudyReady} event. Pixels are never looked at here.
 */
package org.rigatino.ingest;

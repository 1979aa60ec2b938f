/**
 * What one process does with a ready study: the Kafka entry, {@link org.rigatino.worker.StudyWorker}, the record of
 * its outcome and the events that tell of it; and the command that starts it all.
 */
package org.rigatino.worker;

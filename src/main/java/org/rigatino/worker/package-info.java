/** The Kafka entry and {@code StudyPipeline}, the one method that reads top to bottom as the design's middle line. */
package org.rigatino.worker;

/** The Kafka broker (KRaft) and the PostgreSQL server that run inside when none is configured. Knows nothing of ours. */
package org.rigatino.embedded;

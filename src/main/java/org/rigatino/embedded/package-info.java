/**
 * The Kafka broker and the PostgreSQL server that run inside where none is configured: real parts, on loopback only,
 * whose data outlives the process, however it ends.
 */
package org.rigatino.embedded;

/**
 * Backup of the record with the files that it names, and its return on an empty machine. Works beside processes that serve,
 * and without them.
 */
package org.rigatino.backup;

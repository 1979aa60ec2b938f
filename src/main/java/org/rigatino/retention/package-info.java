/** Which files are kept for how long, and the record of what was deleted. Rows are kept always. */
package org.rigatino.retention;

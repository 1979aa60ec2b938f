/** Which files are kept for how long, and whose a study is; the record of what was deleted. All other rows are kept always. */
package org.rigatino.retention;

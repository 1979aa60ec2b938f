/** Why an act of a person changed nothing: as a reason with its values, so that a page can say it in its visitor's language. */
package org.rigatino.refusal;

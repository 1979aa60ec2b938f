/**
 * Whose studies are, as their instances say it: recorded, shown to whom it concerns, searched, and deleted when its time is
 * over. The only code that reads or writes those tables. No value of theirs is in a message, an event or a row of the trail.
 */
package org.rigatino.identity;

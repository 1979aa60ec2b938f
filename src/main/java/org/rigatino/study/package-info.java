/**
 * The life of a study revision: claimed, restored, refused, failed, delivered, confirmed, replayed. {@link
 * org.rigatino.study.StudyLife} is the only way to move one, and does so with its locks and its audit rows. Why and when,
 * others say.
 */
package org.rigatino.study;

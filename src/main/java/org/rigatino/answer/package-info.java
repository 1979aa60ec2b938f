/**
 * What people say of findings: recorded, revised and counted. Free text of theirs, which may name a patient, is in a table of
 * its own that {@link org.rigatino.answer.AnswerComments} alone reads and writes, and in no message, event or row of the
 * trail. What an answer changes elsewhere is not known here: who wants to know is told within its transaction.
 */
package org.rigatino.answer;

/**
 * Whose a study is: what each of its instances says of the patient, and whether they say the same. Compared, never shown and
 * never logged.
 */
package org.rigatino.patient;

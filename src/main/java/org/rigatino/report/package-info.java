/**
 * Reports of radiologists, as a site's systems send them: kept beside the findings, so that agreement can be judged. Of which studies
 * a report is, is told when it is asked, by what is recorded of them then (ADR 79). Texts are patient data: they are shown to radiologists,
 * and are in no log, event or row of the trail.
 */
package org.rigatino.report;

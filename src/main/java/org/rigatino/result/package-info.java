/** From a finding to DICOM objects that a PACS takes and a viewer shows. Deterministic: same finding, same bytes. */
package org.rigatino.result;
